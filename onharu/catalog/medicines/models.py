"""The tables of the medicine shelf: what a product is, holds, says and looks like, and what DUR warns of."""

from __future__ import annotations

from django.db import models
from django.db.models import Index, Q

from onharu.kernel.readings import Reading

SECTIONS = ("efficacy", "use", "warnings", "cautions", "interactions", "side_effects", "storage")
ON_PRODUCTS = {
    "age": "특정연령대금기", "pregnancy": "임부금기", "dose": "용량주의", "duration": "투여기간주의",
    "elderly": "노인주의", "duplicate": "효능군중복", "split": "분할주의",
}  # fmt: skip


class Product(models.Model):
    """One licensed product. The item_seq of the Ministry (nine digits) is its key, never its name."""

    class Supply(models.TextChoices):
        RX = "RX", "전문의약품"
        OTC = "OTC", "일반의약품"
        STORE = "STORE", "안전상비의약품"

    item_seq = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    company = models.CharField(max_length=80, blank=True)
    supply = models.CharField(max_length=5, choices=Supply, blank=True, help_text="empty: not said")
    class_code = models.CharField(max_length=8, blank=True)
    class_name = models.CharField(max_length=80, blank=True)
    form = models.CharField(max_length=60, blank=True, help_text="dosage form as the source writes it")
    image_url = models.URLField(max_length=200, blank=True)
    starter = models.BooleanField(default=False, help_text="shipped with the product, not imported")
    withdrawn_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120)
    as_of = models.DateField(null=True, blank=True, help_text="the day of the source's figures")
    refreshed_at = models.DateTimeField(null=True, blank=True, help_text="when the wire last confirmed it")

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["name", "id"], name="products_by_name")]
        constraints = [
            models.CheckConstraint(condition=Q(item_seq__regex=r"^[0-9]{9}$"), name="product_seq_is_nine_digits"),
            models.CheckConstraint(condition=~Q(name=""), name="product_has_a_name"),
            models.CheckConstraint(condition=Q(supply__in=["", "RX", "OTC", "STORE"]), name="product_supply_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Ingredient(models.Model):
    """One active substance as the label writes it, a salt and its hydrate included. `key` is the name made plain."""

    key = models.CharField(max_length=200, unique=True, help_text="the name without spaces, case and marks")
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=7, blank=True, help_text="M-code of the Ministry where a source says it")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(key=""), name="ingredient_has_a_key")]

    def __str__(self) -> str:
        return self.name


class ProductIngredient(models.Model):
    """What a product holds. An unknown amount is null, never zero."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="holds")
    ingredient = models.ForeignKey(Ingredient, on_delete=models.PROTECT, related_name="within")
    place = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=5, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["product_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["product", "place"], name="one_ingredient_a_place"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0), name="ingredient_amount_positive"
            ),
        ]


class LabelSection(models.Model):
    """One section of the official plain-language label, verbatim. No row: not published, which is never "none"."""

    class Kind(models.TextChoices):
        EFFICACY = "efficacy", "효능"
        USE = "use", "사용법"
        WARNINGS = "warnings", "경고"
        CAUTIONS = "cautions", "주의사항"
        INTERACTIONS = "interactions", "상호작용"
        SIDE_EFFECTS = "side_effects", "이상반응"
        STORAGE = "storage", "보관"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField()
    source = models.CharField(max_length=120)
    as_of = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "kind"], name="one_section_a_kind"),
            models.CheckConstraint(condition=~Q(text=""), name="section_says_something"),
            models.CheckConstraint(condition=Q(kind__in=SECTIONS), name="section_kind_known"),
        ]


class Look(models.Model):
    """How one pill looks: a product of several strengths has several. Marks are kept as written, and folded to find."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="looks")
    place = models.PositiveSmallIntegerField(default=0)
    description = models.CharField(max_length=300, blank=True)
    shape = models.CharField(max_length=10, blank=True)
    color_front = models.CharField(max_length=30, blank=True)
    color_back = models.CharField(max_length=30, blank=True)
    imprint_front = models.CharField(max_length=60, blank=True)
    imprint_back = models.CharField(max_length=60, blank=True)
    folded_front = models.CharField(max_length=60, blank=True, help_text="imprint without spaces, marks and case")
    folded_back = models.CharField(max_length=60, blank=True)
    line_front = models.CharField(max_length=10, blank=True)
    line_back = models.CharField(max_length=10, blank=True)
    long_mm = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    short_mm = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    thick_mm = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=120)
    as_of = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["product_id", "place"]
        constraints = [models.UniqueConstraint(fields=["product", "place"], name="one_look_a_place")]
        indexes = [
            models.Index(fields=["folded_front"], name="look_front"),
            models.Index(fields=["folded_back"], name="look_back"),
            models.Index(fields=["shape", "color_front"], name="look_shape"),
        ]


class Mention(models.Model):
    """That a label's efficacy names a symptom of our vocabulary, and how prominently."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="mentions")
    symptom = models.CharField(max_length=40)
    weight = models.FloatField(help_text="1 when it is all the label names, less when it comes later among many")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "symptom"], name="one_mention_a_symptom")]
        indexes = [models.Index(fields=["symptom", "-weight"], name="mentions_by_symptom")]


class Question(models.Model):
    """What people searched for: how often, and when the wire was asked about it. No person is kept with it."""

    text = models.CharField(max_length=80, unique=True, help_text="folded")
    kind = models.CharField(max_length=7)
    asked = models.PositiveBigIntegerField(default=0)
    asked_on = models.DateField()
    claimed_until = models.DateTimeField(null=True, blank=True, help_text="one process asks the wire until then")
    answered_at = models.DateTimeField(null=True, blank=True)
    found = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-asked"], name="questions_by_number")]


class PlainWords(models.Model):
    """One or two sentences on what a product is for, made once for everybody and marked with what they came from."""

    class Source(models.TextChoices):
        EXTRACT = "extract", "원문에서 뽑음"
        MODEL = "model", "AI 요약"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="plain_words")
    symptom = models.CharField(max_length=40, blank=True, help_text="empty: the general summary")
    text = models.CharField(max_length=400)
    source = models.CharField(max_length=7, choices=Source)
    model = models.CharField(max_length=80, blank=True)
    label_mark = models.CharField(max_length=64, help_text="fingerprint of the label it was made from")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "symptom"], name="one_summary_a_symptom"),
            models.CheckConstraint(condition=Q(source__in=["extract", "model"]), name="summary_source_known"),
        ]


class DurRule(models.Model):
    """One official DUR notice on an ingredient (or a pair of them), verbatim, with its day."""

    class Kind(models.TextChoices):
        PAIR = "pair", "병용금기"
        PREGNANCY = "pregnancy", "임부금기"
        DOSE = "dose", "용량주의"
        DUPLICATE = "duplicate", "효능군중복"
        AGE = "age", "특정연령대금기"
        ELDERLY = "elderly", "노인주의"
        DURATION = "duration", "투여기간주의"
        ADDITIVE = "additive", "첨가제주의"

    kind = models.CharField(max_length=9, choices=Kind)
    number = models.CharField(max_length=12, help_text="serial number of the source")
    code = models.CharField(max_length=7, help_text="DUR's own ingredient code, D######")
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    partner_code = models.CharField(max_length=7, blank=True)
    partner_name = models.CharField(max_length=200, blank=True)
    partner_name_en = models.CharField(max_length=200, blank=True)
    combined = models.TextField(blank=True, help_text="for a compound: the other D-codes it must hold, split by |")
    partner_combined = models.TextField(blank=True)
    text = models.TextField(blank=True)
    remark = models.CharField(max_length=300, blank=True)
    forms = models.TextField(blank=True, help_text="dosage forms it is limited to, split by /; empty: all")
    age = models.CharField(max_length=40, blank=True)
    longest = models.CharField(max_length=40, blank=True)
    most_a_day = models.TextField(blank=True)
    grade = models.CharField(max_length=10, blank=True)
    group = models.CharField(max_length=120, blank=True, help_text="effect group of a duplicate")
    series = models.CharField(max_length=120, blank=True)
    noticed_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120)
    as_of = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="one_rule_a_number"),
            models.CheckConstraint(condition=~Q(kind="pair") | ~Q(partner_code=""), name="pair_has_a_partner"),
        ]
        indexes = [models.Index(fields=["code", "kind"], name="rules_by_code")]


class DurSalt(models.Model):
    """Which substances a DUR code covers: every salt by its M-code and its name made plain."""

    kind = models.CharField(max_length=9, choices=DurRule.Kind, help_text="whose table says so")
    code = models.CharField(max_length=7, help_text="D######")
    key = models.CharField(max_length=200, help_text="as Ingredient.key")
    m_code = models.CharField(max_length=7, blank=True)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code", "key", "m_code"], name="one_salt_a_code")]
        indexes = [Index(fields=["key"], name="salts_by_key"), Index(fields=["m_code"], name="salts_by_m")]


class ProductNotice(models.Model):
    """One official DUR notice on a product itself, verbatim: also where no substance of it could be matched."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=9, choices=list(ON_PRODUCTS.items()))
    mark = models.CharField(max_length=16, help_text="fingerprint of what it says, so that it is kept once")
    code = models.CharField(max_length=7, blank=True, help_text="D###### of the substance it is about")
    name = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    remark = models.CharField(max_length=300, blank=True)
    group = models.CharField(max_length=120, blank=True)
    series = models.CharField(max_length=120, blank=True)
    noticed_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120)
    as_of = models.DateField(null=True, blank=True)
    seen_at = models.DateTimeField(help_text="when the source last listed it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "kind", "mark"], name="one_product_notice_a_mark"),
            models.CheckConstraint(condition=Q(kind__in=tuple(ON_PRODUCTS)), name="product_notice_kind_known"),
        ]
        indexes = [models.Index(fields=["kind", "seen_at"], name="product_notices_seen")]


class Refresh(Reading):
    """How far the reading of each official table from the wire has come, and whose turn the weekly refresh is."""


class Loaded(models.Model):
    """Which edition of a shipped table stands in the database: lets `onharu up` start in seconds."""

    table = models.CharField(max_length=40, primary_key=True)
    edition = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
