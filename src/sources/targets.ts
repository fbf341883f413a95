import { folded } from './text.ts';

/** What a column, question or form field can mean. `keep` is kept by its own name; `drop` only stays in the raw body. */
export const TARGETS = [
  'name',
  'firstName',
  'lastName',
  'secondLastName',
  'phone',
  'email',
  'company',
  'city',
  'message',
  'document',
  'zone',
  'referredBy',
  'sourceId',
  'sentAt',
  'consent',
  'consentAt',
  'test',
  'campaignId',
  'campaignName',
  'adGroupId',
  'adGroupName',
  'adId',
  'adName',
  'formId',
  'formName',
  'platform',
  'medium',
  'clickId',
  'holder',
  'registeredAt',
  'firstContactAt',
  'lastContactAt',
  'status',
  'grade',
  'history',
  'keep',
  'drop',
] as const;
export type Target = (typeof TARGETS)[number];

/** What a question put to a person can mean by its name alone; ids and times come from the source, not from its answers. */
export const PERSONAL_TARGETS: ReadonlySet<Target> = new Set<Target>([
  'name',
  'firstName',
  'lastName',
  'secondLastName',
  'phone',
  'email',
  'company',
  'city',
  'message',
  'document',
  'zone',
]);

/** A saved decision of what each field of one form or file means; the sender's own names on the left. */
export type Mapping = Readonly<Record<string, Target>>;

// Names seen in Meta's and Google's standard questions, in exports of Spanish-speaking offices and in CRMs; folded.
const NAMES: Partial<Record<Target, string>> = {
  name: 'name full_name fullname nombre nombre_completo nombre_y_apellido nombre_y_apellidos nombres_y_apellidos cliente prospecto contacto nombre_del_cliente nombre_del_prospecto nombre_contacto lead_name your_name tu_nombre su_nombre cual_es_tu_nombre',
  firstName: 'first_name given_name nombres primer_nombre nombre_s nombre_de_pila',
  lastName: 'last_name family_name surname apellido apellidos primer_apellido apellido_paterno paterno',
  secondLastName: 'second_last_name segundo_apellido apellido_materno materno',
  phone:
    'phone phone_number phonenumber phones telefono telefonos tel telefono_1 telefono1 telefono_2 telefono2 telefono_3 numero_de_telefono numero_telefonico numero_de_celular numero_celular celular celular_1 celular_2 cel movil telefono_movil telefono_celular telefono_fijo telefono_casa telefono_oficina telefono_de_contacto whatsapp numero_de_whatsapp whatsapp_number mobile mobile_phone cell_phone work_phone work_phone_number home_phone user_phone telefono_alterno otro_telefono',
  email:
    'email e_mail mail emails correo correos correo_electronico correo_1 correo_2 email_address work_email direccion_de_correo direccion_de_correo_electronico correo_personal correo_alterno',
  company: 'company company_name empresa compania nombre_de_la_empresa organizacion',
  city: 'city ciudad municipio localidad poblacion ciudad_de_residencia',
  message:
    'message mensaje comentario comentarios observacion observaciones notas nota comments inquiry asunto',
  document:
    'document documento numero_de_documento cedula cedula_de_ciudadania cc curp rfc nit dni identificacion national_id',
  zone: 'zone zona zona_de_venta zona_comercial sales_zone',
  referredBy: 'referredby referred_by referido_por recomendado_por referidor',
  sourceId:
    'sourceid source_id lead_id leadid id id_lead id_del_lead id_prospecto folio clave_del_lead prospectid external_id',
  sentAt:
    'sentat sent_at created_time created_at fecha_de_creacion fecha_creacion fecha_de_contacto fecha_contacto fecha_hora fecha_y_hora fecha lead_submit_time submitted_at timestamp marca_temporal',
  consent:
    'consent consentimiento aviso_de_privacidad acepta_aviso_de_privacidad autorizacion habeas_data autorizacion_de_datos',
  consentAt: 'consent_at consentat fecha_de_consentimiento fecha_consentimiento fecha_autorizacion',
  test: 'test is_test prueba es_prueba',
  campaignId: 'campaign_id campaignid id_de_campana id_campana',
  campaignName: 'campaign campaign_name campana nombre_de_la_campana utm_campaign',
  adGroupId: 'adgroup_id adgroupid adset_id ad_group_id',
  adGroupName: 'adset_name adgroup_name ad_group_name conjunto_de_anuncios',
  adId: 'ad_id adid creative_id id_del_anuncio',
  adName: 'ad_name adname anuncio utm_content',
  formId: 'form_id formid',
  formName: 'form_name formname formulario',
  platform: 'platform plataforma utm_source',
  medium: 'utm_medium medio medium',
  clickId: 'gcl_id gclid fbclid click_id ctwa_clid',
  holder:
    'holder titular asesor asesor_asignado asesor_titular ejecutivo ejecutivo_asignado responsable propietario owner vendedor',
  registeredAt:
    'registered_at registeredat fecha_de_registro fecha_registro registrado registro fecha_de_alta fecha_alta fecha_asignacion',
  firstContactAt: 'first_contact_at primer_contacto fecha_primer_contacto fecha_de_primer_contacto',
  lastContactAt:
    'last_contact_at ultimo_contacto fecha_ultimo_contacto ultimo_seguimiento fecha_ultimo_seguimiento',
  status: 'status estado_del_lead estatus etapa fase situacion',
  grade: 'grade calificacion',
  history: 'history historial historia seguimiento seguimientos bitacora historial_de_contacto',
};

const BY_NAME: ReadonlyMap<string, Target> = new Map(
  TARGETS.flatMap((target) =>
    (NAMES[target] ?? '')
      .split(' ')
      .filter(Boolean)
      .map((name) => [name, target] as const),
  ),
);

/** What a field of this name usually means, or undefined: then it is kept by its own name. */
export function usualTarget(name: string): Target | undefined {
  const key = folded(name);
  return BY_NAME.get(key) ?? BY_NAME.get(key.replace(/_\d+$/, ''));
}

/** What a field means: the saved mapping first (exact name, then folded), then what its name usually means. */
export function targetOf(name: string, mapping: Mapping = {}): Target {
  if (Object.hasOwn(mapping, name)) return mapping[name] ?? 'keep';
  const key = folded(name);
  for (const [mapped, target] of Object.entries(mapping))
    if (folded(mapped) === key && key !== '') return target;
  return usualTarget(name) ?? 'keep';
}
