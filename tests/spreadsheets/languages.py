"""Invented lists in the languages of partners, for telling encodings apart."""

from __future__ import annotations

# Records of three columns: name, place, remark. Written for these tests; nobody of them exists.
LISTS = {
    "German": """
Müller & Söhne GmbH|Köln|Besuch bestätigt, Rückmeldung fehlt
Straßenbahn Gröditz AG|Görlitz|Vertrag über fünf Tage
Kühlhaus Überlingen|Überlingen|Ansprechpartnerin: Frau Jäger
Stadtwerke Neuruppin|Neuruppin|Unterlagen vollständig
Bäckerei Schönfeld|Döbeln|grüne Logistik
Verein für Nahverkehr|Lübeck|größter Förderer
Öko-Institut Ahlen|Ahlen|prüfen, ob schon gemeldet
Elektro Weiß|Münster|kein Anschluss
""",
    "Spanish": """
Diseño Móvil, S.L.|Logroño|Reunión en otoño, mañana
Asociación de Compañías|Cádiz|pendiente de confirmación
Peñalba Energía|León|visita técnica
Ayuntamiento de Málaga|Málaga|señalización y tráfico
Núñez e Hijos|Alcalá|correo electrónico erróneo
Clúster del Automóvil|Ávila|ninguna observación
Ingeniería Gómez|Córdoba|España y Portugal
Fundación Año Nuevo|Jaén|cañería
""",
    "Italian": """
Società Mobilità Urbana|Forlì|qualità verificata
Città Intelligente S.r.l.|Cantù|perché non è arrivato
Università di Mondovì|Mondovì|attività già svolta
Caffè Tranviario|Torino|sarà inviato lunedì
Comunità Energetica|Roma|più tardi
Novità Digitali|Milano|però manca la firma
Però e Figli|Bari|così concordato
Velocità Bassa|Trento|martedì mattina
""",
    "French": """
Société Générale des Vélos|Orléans|à vérifier dès réception
Électricité Légère|Besançon|reçu le mois dernier
Hôtel de Ville|Nîmes|décision différée
Métropole Numérique|Saint-Étienne|déjà signé
Bâtiment Durable|Bézier|où est le contrat
Pôle Mobilité|Grenoble|français et anglais
Évolution Côtière|La Rochelle|être présent
Réseau Sûr|Orléans|très intéressé
""",
    "Portuguese": """
Associação de Transportes|São João|visita não realizada
Câmara de Comércio|Évora|situação em análise
Indústria Sã, Lda.|Setúbal|informação incompleta
Estação Elétrica|Guimarães|três dias
Gestão Urbana|Bragança|avaliação concluída
Construções Irmãos Leão|Fundão|só em março
Inovação e Ação|Covilhã|também à tarde
Organização do Ministério|Lisboa|relatório
""",
    "Danish": """
Cykelsti Fiktion ApS|København|møde på tirsdag
Færgeselskabet Læsø|Læsø|ønsker tilbud
Grøn Strøm|Ærøskøbing|også interesseret
Århus Måling|Århus|på vej
Søndre Havn|Helsingør|både bil og tog
Blåvand Vækst|Blåvand|større projekt
Trafikrådet|Nørrebro|afløser besøg
Øresund Køl|Malmø|ført på liste
""",
    "Polish": """
Łódzkie Tramwaje|Łódź|wizyta się odbędzie
Spółka Śląska|Świdnica|proszę o podpis
Zielona Gęś|Zielona Góra|również w środę
Źródło Energii|Częstochowa|nieobecność
Sieć Miejska|Kraków|żaden dokument
Wójcik i Ćwik|Toruń|później
Dąbrowa Usługi|Dąbrowa Górnicza|część opłaty
Instytut Łączności|Wrocław|ważne zgłoszenie
""",
    "Czech": """
Příbramská Energie|Příbram|návštěva potvrzena
Žižkov Data|Praha|úřad nesouhlasí
Město Třebíč|Třebíč|předběžně
Východní Dráhy|České Budějovice|bude upřesněno
Šťastný a syn|Plzeň|měsíční zpráva
Řízení Dopravy|Děčín|není známo
Kolejiště Brno|Brno|zpoždění
Čistá Voda|Kroměříž|účast možná
""",
    "Hungarian": """
Győri Jármű Kft.|Győr|látogatás időpontja
Székesfehérvár Városa|Székesfehérvár|megerősítve, köszönjük
Zöld Út Egyesület|Pécs|hiányzó aláírás
Könnyű Építő|Debrecen|következő hétfő
Műszaki Főiskola|Szeged|közlekedési ügy
Kőrösi Erőmű|Békés|pénzügyi jelentés
Fejlesztő Ügynökség|Sopron|több résztvevő
Működő Tőke|Miskolc|átutalva
""",
    "Bulgarian": """
Зелена Спирка ЕООД|София|посещение през март
Тролей Софт ООД|Пловдив|липсва подпис
Община Бургас|Бургас|потвърдено
Фондация Умен Площад|Варна|очаква се отговор
Кабел и Син АД|Русе|платено
Технически университет|Габрово|семинар
Чиста Енергия|Стара Загора|трима участници
Градски Транспорт|Велико Търново|отложено
""",
    "Russian": """
Городской Транспорт|Самара|подтверждено письмом
Чистый Воздух|Тверь|нет подписи
Электросеть|Псков|ожидается ответ
Умная Остановка|Пермь|приедут в марте
Научный Центр|Томск|два участника
Объединение Мостов|Рязань|объём работ неизвестен
Железная Дорога|Тула|уже оплачено
Новый Трамвай|Казань|ещё не решено
""",
    "Serbian": """
Нишава Електро|Ниш|посета потврђена
Чисти Ваздух|Београд|недостаје потпис
Градски Превоз|Нови Сад|чека се одговор
Љубав и Енергија|Краљево|три учесника
Ђурђевак Техника|Чачак|плаћено у марту
Њива Подаци|Ужице|одложено
Железница|Суботица|већ послато
Центар за Мобилност|Крагујевац|двоје људи
""",
    "Greek": """
Πράσινη Στάση ΑΕ|Αθήνα|η επίσκεψη επιβεβαιώθηκε
Ηλεκτρικό Δίκτυο|Θεσσαλονίκη|λείπει η υπογραφή
Δήμος Πειραιά|Πειραιάς|αναμένεται απάντηση
Έξυπνη Πόλη|Πάτρα|τρεις συμμετέχοντες
Καθαρή Ενέργεια|Ηράκλειο|πληρώθηκε τον Μάρτιο
Πανεπιστήμιο Ιωαννίνων|Ιωάννινα|σεμινάριο
Άνεμος και Υιός|Λάρισα|αναβλήθηκε
Όμιλος Μεταφορών|Χανιά|χωρίς σχόλια
""",
    "Turkish": """
Yeşil Durak A.Ş.|İstanbul|ziyaret doğrulandı
Elektrik Ağı|Eskişehir|imza eksik
Akıllı Şehir|İzmir|üç katılımcı
Güneş Enerjisi|Çanakkale|ödeme yapıldı
Belediye Ulaşım|Muğla|cevap bekleniyor
Köprü İnşaat|Diyarbakır|şimdilik değil
Dağıtım Şirketi|Şanlıurfa|çok ilgili
Işık Teknoloji|Aydın|görüşme ertelendi
""",
    "Romanian": """
Stația Verde|Bacău|vizită confirmată
Rețeaua Electrică|Timișoara|lipsește semnătura
Primăria Brăila|Brăila|se așteaptă răspuns
Orașul Inteligent|Iași|trei participanți în martie
Energie Curată|Târgoviște|plătit
Asociația Mobilității|Constanța|amânat
Încălzire Urbană|Pitești|fără observații
Căile Ferate|București|și sâmbătă
""",
    "Croatian": """
Zelena Postaja d.o.o.|Šibenik|posjet potvrđen
Električna Mreža|Čakovec|nedostaje potpis
Županija Istočna|Požega|čeka se odgovor
Pametni Grad|Varaždin|šest sudionika
Čista Energija|Đakovo|plaćeno u ožujku
Sveučilište|Zagreb|radionica već održana
Tračnice i sin|Križevci|odgođeno
Žičara Brač|Bol|više informacija
""",
}

WESTERN = ("cp1252", "iso8859-15", "mac_roman", "cp850")
CENTRAL = ("cp1250", "iso8859-2", "cp852")
CYRILLIC = ("cp1251", "iso8859-5", "cp866", "mac_cyrillic")

ENCODINGS = {
    **dict.fromkeys(("German", "Spanish", "Italian", "French", "Portuguese", "Danish"), WESTERN),
    **dict.fromkeys(("Polish", "Czech", "Hungarian", "Romanian", "Croatian"), CENTRAL),
    "Bulgarian": CYRILLIC,
    "Russian": (*CYRILLIC, "koi8-r"),
    "Serbian": ("cp1251", "iso8859-5"),
    "Greek": ("cp1253", "iso8859-7"),
    "Turkish": ("cp1254", "iso8859-9"),
}


def records(language: str) -> list[list[str]]:
    """The records of a list. Romanian with cedillas: its code pages have no letters with commas."""
    text = LISTS[language].strip()
    if language == "Romanian":
        text = text.translate(str.maketrans("șțȘȚ", "şţŞŢ"))
    return [line.split("|") for line in text.splitlines()]
