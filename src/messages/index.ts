/** Channels to people outside the product: what they take and tell, and the notices in words. */
export type {
  Address,
  Content,
  EmailContent,
  MessageChannel,
  OutgoingMessage,
  Outcome,
  PushContent,
  PushSubscription,
  RefusalEffect,
  RetryScope,
  Settled,
  TemplateButton,
  TemplateContent,
} from './channel.ts';
export { emailChannel, type EmailSender } from './email.adapter.ts';
export { isOneAddress, messageIdOf } from './email-headers.ts';
export { layOutEmail, type EmailLayout } from './email-layout.ts';
export {
  applyStatus,
  deliveredAt,
  MESSAGE_STATUSES,
  type MessageProgress,
  type MessageStatus,
  type StatusEvent,
} from './message-status.ts';
export { confirmPayload, noticeLanguage, NOTICE_OF, type LeadInWords } from './notice-facts.ts';
export type { NoticeKind, NoticeLanguage, NoticeValues, WentTo } from './notices.ts';
export { isPushEndpoint, PUSH_SERVICES, type EndpointRule } from './push-endpoint.ts';
export { serviceWindow, type ServiceWindow, type WindowFacts } from './service-window.ts';
export { emailNotice, pushNotice, renderNotice, whatsappNotice, type RenderedNotice } from './templates.ts';
export { webPushChannel, type PushSender, type PushWorld } from './web-push.adapter.ts';
export { whatsappChannel, type WhatsAppSender, type WhatsAppWorld } from './whatsapp-cloud.adapter.ts';
export { outcomeOfError } from './whatsapp-errors.ts';
export {
  readWhatsAppEvents,
  type InboundMessage,
  type PhoneNormalizer,
  type StatusUpdate,
  type WhatsAppEvent,
} from './whatsapp-events.ts';
export { answerHandshake, isSignedByMeta } from './whatsapp-signature.ts';
export { openWhatsAppWebhook, type OpenedWebhook } from './whatsapp-webhook.ts';
export { whatsappTemplates, type TemplateDefinition } from './whatsapp-templates.ts';
export type { ChannelSaved, ChannelStopped, ChannelTested } from './channel-acts.ts';
export { loadQueuedMessages, outboxFeature } from './outbox.feature.ts';
export {
  cancelMessages,
  CONVERSATION,
  outboxMessage,
  settleMessage,
  UNDO_MILLISECONDS,
  type MessageCanceled,
  type MessageOutcome,
  type MessageResent,
  type OutboxMessage,
} from './outbox.ts';
export {
  threadMessage,
  threadOf,
  windowOf,
  type MediaTold,
  type MessageForm,
  type Thread,
  type ThreadMessage,
} from './thread.ts';
export { threadsFeature } from './threads.feature.ts';
export { loadThreads, readBytes, storeBytes, type StoredFile } from './threads.store.ts';
export { emailAddresses } from './channels.store.ts';
export { clientMessage, inboundId, repliedTo, type ClientMessage } from './inbound.store.ts';
export { conversationOf, mediaOf, threadsOf, type ShownMessage } from './thread-views.store.ts';
export {
  CLIENT_TEMPLATES,
  fillClientTemplate,
  isClientTemplate,
  type ClientTemplate,
  type ClientTemplateValues,
} from './client-templates.ts';
export { messageErrors } from './errors.ts';
export { openMessaging, type Messaging, type MessagingParts, type Outside } from './messaging.jobs.ts';
export type { OptOutHeard } from './webhook.jobs.ts';
export { mailLink, type LinkSent, type LinkToSend } from './access-letter.jobs.ts';
export type { ClientNow, LetterParts, MailThread } from './letters.store.ts';
export { forgetSeen } from './webhook.store.ts';
export { forgetBegun } from './people-a-day.store.ts';
export { keptMessages } from './kept.store.ts';
