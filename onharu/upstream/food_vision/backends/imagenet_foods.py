"""The words of ImageNet that have to do with eating, their families, and which of them are worth saying.

Measured in docs/performance/vision.md. The classifier knows 1,000 things, 55 of them foods, none of them Korean.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoodClass:
    """One food that the network knows: its place among the outputs, its word, its family."""

    index: int
    name: str
    family: str


def _classes(family: str, first: int, *names: str) -> list[FoodClass]:
    return [FoodClass(index, name, family) for index, name in enumerate(names, first)]


FOODS: tuple[FoodClass, ...] = (
    *_classes("crab", 118, "Dungeness crab", "rock crab", "fiddler crab", "king crab"),
    *_classes("lobster", 122, "American lobster", "spiny lobster", "crayfish"),
    *_classes("avocado", 924, "guacamole"),
    *_classes("soup", 925, "consomme"),
    *_classes("stew", 926, "hot pot"),
    *_classes("dessert", 927, "trifle"),
    *_classes("ice_cream", 928, "ice cream", "ice lolly"),
    *_classes("bread", 930, "French loaf", "bagel", "pretzel"),
    *_classes("burger", 933, "cheeseburger"),
    *_classes("hot_dog", 934, "hotdog"),
    *_classes("potato", 935, "mashed potato"),
    *_classes("vegetable", 936, "head cabbage", "broccoli", "cauliflower", "zucchini", "spaghetti squash"),
    *_classes("vegetable", 941, "acorn squash", "butternut squash", "cucumber", "artichoke", "bell pepper", "cardoon"),
    *_classes("mushroom", 947, "mushroom"),
    *_classes("fruit", 948, "Granny Smith", "strawberry", "orange", "lemon", "fig"),
    *_classes("fruit", 953, "pineapple", "banana", "jackfruit", "custard apple", "pomegranate"),
    *_classes("pasta", 959, "carbonara"),
    *_classes("dessert", 960, "chocolate sauce"),
    *_classes("bread", 961, "dough"),
    *_classes("meat", 962, "meat loaf"),
    *_classes("pizza", 963, "pizza"),
    *_classes("pie", 964, "potpie"),
    *_classes("burrito", 965, "burrito"),
    *_classes("wine", 966, "red wine"),
    *_classes("coffee", 967, "espresso"),
    *_classes("drink", 968, "cup", "eggnog"),
    *_classes("corn", 987, "corn"),
    *_classes("mushroom", 996, "hen-of-the-woods", "bolete"),
)

# Seen on nearly every table, so the network says them of anything: a lump, a crust, a vessel.
NEVER_NAMED = frozenset({961, 964, 968})

# Bakery, butcher shop, coffee mug, coffeepot, espresso maker, frying pan, ladle, mixing bowl, soup bowl, wok, wooden
# spoon, plate: what stands around food. They open the gate and name nothing.
TABLEWARE = frozenset({415, 467, 504, 505, 550, 567, 618, 659, 809, 909, 910, 923})

GATE_CLASSES = tuple(sorted(TABLEWARE | {food.index for food in FOODS}))
NAMED_FOODS = tuple(food for food in FOODS if food.index not in NEVER_NAMED)

# The share of all probability that must lie on food and tableware.
GATE = 0.30
# The probability from which a name is said. Below it the network is wrong more often than a person forgives.
NAME = 0.50
