/** The commonest passwords of twelve characters or more, in English and Spanish, in lower case. Shorter ones are refused anyway. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
  123456789012 1234567890123 12345678901234 123456789123 123456781234 1234567891234 0123456789012 012345678901
  098765432109 987654321098 987654321012 112233445566 111222333444 123123123123 1q2w3e4r5t6y 1qaz2wsx3edc 1qaz2wsx3edc4rfv
  q1w2e3r4t5y6 qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwerty123456 qwerty1234567 qwerty12345678 qwertyuiopas qwertyuiopasdf
  qwertyuiopasdfgh asdfghjkl123 asdfghjklzxc asdfghjklqwerty zxcvbnm12345 zxcvbnm123456 zaq12wsxcde3 abcdefghijkl abcdefghijklm
  abcdefghijklmnop abcdefg12345 abcdef123456 abcd12345678 abc123456789 abc1234567890 a1b2c3d4e5f6 aa1234567890 aa123456789012
  password1234 password12345 password123456 password1234567 passwordpassword password@123 password@1234 password2023 password2024
  password2025 password2026 passw0rd1234 p@ssword1234 p@ssw0rd1234 p@ssw0rd12345 mypassword123 mypassword1234 newpassword1 newpassword123
  changeme1234 changeme12345 changemenow1 letmein12345 letmein123456 letmeinplease iloveyou1234 iloveyou12345 iloveyou123456 iloveyouforever
  welcome12345 welcome123456 welcome12345678 administrator administrator1 admin1234567 admin12345678 admin123456789 admin1234admin adminadmin12
  adminadmin123 administrador administrador1 administrador123 superadmin123 football1234 baseball1234 basketball12 basketball123 princess1234
  princess12345 sunshine1234 sunshine12345 superman1234 superman12345 batman123456 spiderman123 spiderman1234 pokemon12345 pokemon123456
  monkey123456 dragon123456 master123456 shadow123456 michael12345 jennifer1234 computer1234 internet1234 samsung12345 samsung123456
  liverpool123 liverpool1234 chelsea12345 arsenal12345 barcelona123 barcelona1234 realmadrid123 realmadrid12 trustno112345 starwars1234
  contraseña12 contraseña123 contraseña1234 contraseña12345 contrasena12 contrasena123 contrasena1234 contrasena12345 micontraseña miclave12345
  micontrasena clave1234567 clave12345678 clave123456789 bienvenido12 bienvenido123 bienvenido1234 bienvenida12 bienvenida123 teamomucho12
  teamomucho123 tequieromucho tequieromucho1 teamo1234567 teamo12345678 teamoparasiempre amorcito1234 hermosa12345 princesa1234 princesa12345
  chocolate123 chocolate1234 mariposa1234 mariposa12345 estrella1234 estrella12345 america12345 america123456 guadalajara1 guadalajara12
  guadalajara123 mexico123456 mexico1234567 mexico12345678 vivamexico123 colombia1234 colombia12345 colombia123456 colombia2024 colombia2025
  bogota123456 medellin1234 medellin12345 millonarios1 millonarios12 nacional1234 nacional12345 cruzazul1234 cruzazul12345 chivas123456
  jesucristo12 jesucristo123 diosesamor12 diosesamor123 diosesamor1234 diosmeama123 jesusteamo12 jesusteamo123 sagradafamilia teamodiosmio
  telefono1234 empresa12345 empresa123456 ventas123456 ventas1234567 callcenter12 callcenter123 callcenter1234 contactcenter contactcenter1
  pautapauta12 pautapauta123 pauta1234567 pauta12345678 temporal1234 temporal12345 prueba123456 prueba1234567 usuario12345 usuario123456
  correcthorsebatterystaple thisisapassword thisismypassword nopassword123 secret123456 secretsecret default12345 testtest1234 test12345678
  test1234test1234 guest1234567 guestguest12 root12345678 toortoortoor godisgood123 godblessyou1 jesuschrist1 whatever1234 freedom12345
  `
    .split(/\s+/)
    .filter((word) => word !== ''),
);
