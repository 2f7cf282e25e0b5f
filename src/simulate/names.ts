/** What the invented people are called. */

export const FIRST_NAMES = namesIn(`
  Adaeze, Aisha, Alejandro, Amara, Anders, Anita, Beatriz, Benedikt, Bianca, Caleb, Camila, Carlos,
  Chiara, Chloe, Daniel, Darius, Deepa, Diego, Dmitri, Elena, Elijah, Emeka, Esther, Fatima, Felix,
  Fiona, Gabriel, Grace, Hannah, Hassan, Helen, Hiroshi, Imani, Ingrid, Isabel, Ivan, Jada, James, Jin,
  José, Julia, Kamal, Katarina, Keisha, Kenji, Kofi, Lars, Leila, Liam, Linh, Lucía, Malik, Margaret,
  Mateo, Mei, Miguel, Nadia, Naomi, Nikhil, Noah, Olga, Omar, Oscar, Patrick, Paula, Pedro, Rachel, Ravi,
  René, Rosalind, Samuel, Sana, Sean, Simone, Sofia, Stefan, Tariq, Teresa, Thomas, Tomoko, Ugo,
  Valentina, Victor, Wanda, William, Xavier, Yara, Yusuf, Zoe, Zora
`);

export const LAST_NAMES = namesIn(`
  Abara, Abdi, Adler, Aguilar, Ahmed, Alvarez, Andersson, Baker, Banerjee, Barros, Bauer, Begum, Bennett,
  Bianchi, Boateng, Brooks, Calloway, Campbell, Castillo, Chen, Cohen, Coleman, Cruz, D'Angelo, Davis,
  De la Cruz, Diallo, Dubois, Edwards, Eriksen, Farouk, Fischer, Flores, Foster, García, Gonçalves,
  Graham, Gupta, Haddad, Hansen, Hayes, Hernández, Hoang, Hughes, Ibrahim, Ito, Ivanov, Jackson, Jensen,
  Johnson, Kaur, Kelly, Khan, Kim, Kowalski, Laurent, Lee, Lewis, Lopez, MacDonald, Mendes, Mensah,
  Miller, Morgan, Müller, Nakamura, Nguyen, Novák, O'Brien, Okonkwo, Olsen, Ortiz, Osei, Park, Patel,
  Pereira, Peterson, Popescu, Price, Quinn, Ramírez, Reyes, Roberts, Rossi, Salazar, Santos, Schmidt,
  Shah, Silva, Singh, Smith-Jones, Sokolov, Suzuki, Tanaka, Taylor, Thompson, Tran, Turner, Vargas,
  Walker, Wang, Washington, Weber, Williams, Wong, Wright, Yamamoto, Yilmaz, Young, Zhang
`);

/** In each of these, 555-0100 to 555-0199 belong to nobody. */
export const AREA_CODES = namesIn(`
  205, 206, 208, 210, 212, 214, 216, 224, 225, 228, 231, 239, 240, 248, 253, 256, 260, 262, 267, 269,
  281, 301, 303, 304, 305, 307, 308, 309, 310, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321, 323,
  330, 334, 336, 337, 347, 352, 360, 361, 385, 386, 401, 402, 404, 405, 406, 407, 408, 409, 410, 412,
  413, 414, 415, 417, 419, 423, 424, 425, 432, 434, 435, 440, 443, 469, 478, 479, 480, 484, 501, 502,
  503, 504, 505, 507, 508, 509, 510, 512, 513, 515, 516, 517, 518, 520, 530, 540, 541, 551, 559, 561
`).map(Number);

export const STREETS = namesIn(`
  Oak Street, Elm Court, Lakeview Drive, Mission Avenue, Cedar Lane, Harbor Road, Maple Terrace,
  Prospect Place, Willow Way, Juniper Boulevard
`);

function namesIn(list: string): readonly string[] {
  return list.trim().split(/,\s+/);
}
