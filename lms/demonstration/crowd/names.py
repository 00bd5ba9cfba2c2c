"""Names as they stand on the staff lists of an English county, and addresses made of them."""

from random import Random

from django.utils.text import slugify

ADDRESSES = "learners.example.org"

# First names and last names that often go together, by the weight with which they are met.
FAMILIES: tuple[tuple[int, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        9,
        ("Alison", "Beth", "Callum", "Dawn", "Ewan", "Gemma", "Hannah", "Ian", "Jodie", "Keith", "Lorna", "Martin")
        + ("Nicola", "Owen", "Paula", "Ruth", "Stuart", "Tracey", "Wendy", "Zoë", "Marcus", "Philippa"),
        ("Ashworth", "Birchall", "Cartwright", "Dunmow", "Entwistle", "Fairclough", "Garside", "Hollins", "Ibbotson")
        + ("Kershaw", "Lidgate", "Mossop", "Nuttall", "Oldroyd", "Pickersgill", "Ramsbottom", "Sugden", "Thwaite")
        + ("Underhill", "Walmsley", "Yardley", "O’Rourke", "St John"),
    ),
    (
        3,
        ("Siân", "Ffion", "Rhodri", "Máiréad", "Aoife", "Ciarán", "Gruffydd", "Niamh", "Tomos", "Oisín", "Morag"),
        ("Llewelyn", "Ní Dhónaill", "Ó Súilleabháin", "Gwynedd", "Prydderch", "MacAskill", "Nic Eoin", "Ap Rhys"),
    ),
    (
        4,
        ("Aisha", "Bilal", "Farah", "Imran", "Nadia", "Omar", "Rukhsana", "Tariq", "Zainab", "Yusra", "Hamza"),
        ("Ahmed", "Begum", "Chaudhry", "Hussain", "Iqbal", "Mahmood", "Qureshi", "Rahman", "Siddiqui", "el-Amin"),
    ),
    (
        4,
        ("Anjali", "Deepak", "Gurpreet", "Harjit", "Kavita", "Manoj", "Priti", "Rajesh", "Sunita", "Thushara"),
        ("Banerjee", "Chandran", "Dhillon", "Gill", "Kaur", "Mistry", "Nair", "Perera", "Sandhu", "Venkataraman"),
    ),
    (
        4,
        ("Adaeze", "Chidi", "Efua", "Folákẹ́", "Ibrahim", "Kwame", "Ngozi", "Ọláyínká", "Ṣadé", "Tendai", "Wanjiru"),
        ("Adébáyọ̀", "Boateng", "Chukwu", "Dlamini", "Kamau", "Mensah", "Moyo", "Nwosu", "Ọ̀ṣúnlàjà", "Sesay"),
    ),
    (
        3,
        ("Agnieszka", "Łukasz", "Małgorzata", "Zdeněk", "Ștefan", "Ioana", "Živilė", "Ģirts", "Đorđe", "Katarína"),
        ("Wójcik", "Brzęczyszczak", "Dvořáková", "Rădulescu", "Kovačević", "Jankauskienė", "Ozoliņš", "Šťastný"),
    ),
    (
        2,
        ("Çağla", "İpek", "Emre", "Gülşen", "Ana María", "João", "Lurdes", "Núria", "Chiara", "Jürgen", "Þórunn"),
        ("Yıldız", "Öztürk", "Gonçalves", "Muñoz-Peña", "Dell’Orto", "Vasconcelos", "Größmann", "Ásgeirsdóttir"),
    ),
    (
        2,
        ("Ánh", "Đức", "Thị Hạnh", "Quốc Bảo", "Mei-Ling", "Wing Yan", "Jia Hui", "Min-jun", "Haruka", "Maricel"),
        ("Nguyễn", "Trần", "Phạm", "Lê", "Cheung", "Lam", "Ng", "Kwon", "Takahara", "Bautista-Reyes"),
    ),
    (
        1,
        ("Оксана", "Тарас", "Ελένη", "Νίκος", "Мария", "Στέλιος"),
        ("Шевчук", "Коваленко", "Παπαγιάννη", "Καραμήτσος", "Бондар", "Λαμπράκη"),
    ),
)
WEIGHTS = tuple(weight for weight, _, _ in FAMILIES)
# One marriage in so many joins two families' names.
MIXED_IN = 12


def invented_name(chance: Random) -> tuple[str, str]:
    """A first and a last name."""
    first, last = chance.choices(FAMILIES, WEIGHTS, k=1)[0][1:]
    if chance.randrange(MIXED_IN) == 0:
        last = chance.choices(FAMILIES, WEIGHTS, k=1)[0][2]
    return chance.choice(first), chance.choice(last)


def address(first: str, last: str, number: int) -> str:
    """An address that nobody has and nobody gets; the number keeps namesakes apart."""
    plain = [slugify(part).replace("-", "") for part in (first, last)]
    return f"{'.'.join(part for part in plain if part) or 'learner'}.{number}@{ADDRESSES}"
