"""Rows of the Ministry's tables, as they stand on the wire: public reference data or made up."""

from __future__ import annotations

from onharu.upstream.medicine_facts.port import DUR_KINDS, PRODUCT_KINDS, notices, product_notices

LABEL = {
    "entpName": "동화약품(주)", "itemName": "활명수", "itemSeq": "195700020",
    "efcyQesitm": "<p>이 약은 식욕감퇴(식욕부진), 위부팽만감에 사용합니다.</p>\n", "useMethodQesitm": "만 15세 이상은 1회 1병(75 mL)&nbsp;복용합니다.",
    "atpnWarnQesitm": None, "atpnQesitm": "만 3개월 미만의 젖먹이는 복용하지 마십시오.\n\n\n\n의사와 상의하십시오.",
    "intrcQesitm": None, "seQesitm": "-", "depositMethodQesitm": "실온에서 보관하십시오.",
    "openDe": "2021-01-29 00:00:00", "updateDe": "2024-05-09",
    "itemImage": "https://nedrug.mfds.go.kr/pbp/cmn/itemImageDownload/1", "bizrno": "0000000000",
}  # fmt: skip
PILL = {
    "ITEM_SEQ": "198000058", "ITEM_NAME": "디페인정(디클로페낙나트륨)", "ENTP_SEQ": "19560001", "ENTP_NAME": "동광제약(주)",
    "CHART": "황색의 장용피 원형정제\r\n", "ITEM_IMAGE": "https://nedrug.mfds.go.kr/pbp/cmn/itemImageDownload/2",
    "PRINT_FRONT": "마크", "PRINT_BACK": None, "DRUG_SHAPE": "원형", "COLOR_CLASS1": "하양|투명", "COLOR_CLASS2": None,
    "LINE_FRONT": "-형", "LINE_BACK": "+형", "LENG_LONG": "7.50", "LENG_SHORT": "7.50", "THICK": "3.0",
    "IMG_REGIST_TS": "20051108", "CLASS_NO": "01140", "CLASS_NAME": "해열.진통.소염제", "ETC_OTC_NAME": "전문의약품",
    "ITEM_PERMIT_DATE": "19800329", "FORM_CODE_NAME": "장용성필름코팅정", "ITEM_ENG_NAME": "Depain Tab.",
    "CHANGE_DATE": "20250415", "EDI_CODE": 645901100, "STD_CD": "8806459011008,8806459011015",
}  # fmt: skip
PERMIT = {
    "ITEM_SEQ": "195500005", "ITEM_NAME": "중외5%포도당생리식염액", "ITEM_ENG_NAME": None, "ENTP_NAME": "제이더블유중외제약(주)",
    "SPCLTY_PBLC": "전문의약품", "PRDUCT_TYPE": "[03310]혈액대용제", "ITEM_INGR_NAME": "Glucose/Sodium Chloride",
    "ITEM_INGR_CNT": "2", "BIG_PRDT_IMG_URL": "", "CANCEL_DATE": None, "CANCEL_NAME": "정상", "EDI_CODE": None,
}  # fmt: skip
DOCUMENT = (
    '<DOC title="효능효과" type="EE"><SECTION title=""><ARTICLE title="1. 주효능"><PARAGRAPH tagName="p" textIndent="" '
    'marginLeft=""><![CDATA[탈수, H<sub>2</sub>O&nbsp;보급 &lt;성인&gt;]]></PARAGRAPH></ARTICLE><ARTICLE title="2. 그 밖">'
    '<PARAGRAPH tagName="table"><![CDATA[<table><tr><td>나이</td><td>용량</td></tr><tr><td>성인</td><td>1병</td></tr></table>]]>'
    "</PARAGRAPH></ARTICLE></SECTION></DOC>"
)
DETAIL = {
    "ITEM_SEQ": "195500005", "ITEM_NAME": "중외5%포도당생리식염액", "ENTP_NAME": "제이더블유중외제약(주)",
    "ETC_OTC_CODE": "전문의약품", "CHART": "무색 투명한 액\n", "STORAGE_METHOD": "밀봉용기, 실온보관",
    "MATERIAL_NAME": "총량 : 1000밀리리터|성분명 : 포도당|분량 : 50|단위 : 그램|규격 : USP|성분정보 : |비고 : ;"
    "총량 : 1000밀리리터|성분명 : 염화나트륨|분량 : 1,009.5|단위 : 밀리그램|규격 : KP|성분정보 : |비고 :",
    "MAIN_ITEM_INGR": "[M040702]포도당|[M040426]염화나트륨", "EE_DOC_DATA": DOCUMENT, "UD_DOC_DATA": "",
    "NB_DOC_DATA": None, "ITEM_ENG_NAME": "Choongwae 5% Dextrose", "CANCEL_NAME": "정상", "CANCEL_DATE": None,
    "CHANGE_DATE": "20210827",
}  # fmt: skip
SUBSTANCE = {
    "ENTRPS_PRMISN_NO": "1", "ENTRPS": "온하루제약", "PRDUCT": "하루정", "MTRAL_SN": "2", "MTRAL_CODE": "M040133",
    "MTRAL_NM": "에페드린염산염", "QNT": "6.0", "INGD_UNIT_CD": "밀리그램", "ITEM_SEQ": "202000001", "TAMT_SEQ": "1",
}  # fmt: skip
PAIR = {
    "TYPE_NAME": "병용금기", "MIX_TYPE": "단일", "INGR_CODE": "D000353", "INGR_ENG_NAME": "Paroxetine", "INGR_KOR_NAME": "파록세틴",
    "MIX": None, "ORI": "[M050607]염산파록세틴/[M222896]파록세틴염산염수화물", "CLASS": "[01170]정신신경용제", "MIXTURE_MIX_TYPE": "단일",
    "MIXTURE_INGR_CODE": "D000139", "MIXTURE_INGR_ENG_NAME": "Selegiline", "MIXTURE_INGR_KOR_NAME": "셀레길린",
    "MIXTURE_MIX": "[D000777]레보도파", "MIXTURE_ORI": "[M222864]셀레길린염산염", "NOTIFICATION_DATE": "20090303",
    "PROHBT_CONTENT": '"세로토닌성증후군(고혈압, 고열)"\n', "REMARK": None, "DEL_YN": "정상",
}  # fmt: skip
NOTICE = {
    "DUR_SEQ": 41, "TYPE_NAME": "특정연령대금기", "MIX_TYPE": "단일", "INGR_CODE": "D000100", "INGR_ENG_NAME": "Ketorolac",
    "INGR_NAME": "케토롤락", "MIX_INGR": None, "ORI_INGR": "[M050001]케토롤락트로메타민염", "FORM_NAME": "정제/주사제",
    "NOTIFICATION_DATE": "20140109", "PROHBT_CONTENT": "-", "REMARK": "경구", "DEL_YN": "정상", "AGE_BASE": "18세 이하",
    "GRADE": "1등급", "MAX_QTY": "알라세프릴 100밀리그램", "MAX_DOSAGE_TERM": "28일", "EFFECT_CODE": "호흡기관용약",
    "SERS_NAME": "비스테로이드성 소염제",
}  # fmt: skip
PRODUCT_PAIR = {
    "DUR_SEQ": "83", "TYPE_NAME": "병용금기", "INGR_CODE": "D000256", "INGR_KOR_NAME": "에리트로마이신", "ITEM_SEQ": "200704461",
    "ITEM_NAME": "에릭정", "ENTP_NAME": "온하루제약", "MAIN_INGR": "[M257644]에리트로마이신스티노프레이트", "MIXTURE_INGR_CODE": "D000713",
    "MIXTURE_INGR_KOR_NAME": "심바스타틴", "MIXTURE_ITEM_SEQ": "200302561", "MIXTURE_ITEM_NAME": "심바정",
    "NOTIFICATION_DATE": "20090303", "PROHBT_CONTENT": "횡문근융해증\n", "CHANGE_DATE": "20200806",
}  # fmt: skip
PRODUCT_NOTICE = {
    "TYPE_NAME": "분할주의", "ITEM_SEQ": "197100123", "ITEM_NAME": "오래서방정", "ITEM_PERMIT_DATE": "1971May6th",
    "FORM_CODE_NAME": "서방정", "CLASS_CODE": "03950 ", "MAIN_INGR": "[M040133]에페드린염산염/[M040133]에페드린염산염",
    "PROHBT_CONTENT": "분할불가", "REMARK": None, "CHANGE_DATE": "2018June14th", "EFFECT_NAME": "해열진통소염제",
    "INGR_CODE": "D000100", "INGR_NAME": "케토롤락",
}  # fmt: skip

ROWS = {
    "labels": LABEL, "pills": PILL, "permits": PERMIT, "permit_details": DETAIL, "substances": SUBSTANCE,
    **{notices(kind): PAIR if kind == "pair" else NOTICE for kind in DUR_KINDS},
    **{product_notices(kind): PRODUCT_PAIR if kind == "pair" else PRODUCT_NOTICE for kind in PRODUCT_KINDS},
}  # fmt: skip
WRAPPED = frozenset(map(notices, DUR_KINDS))


def items_of(table, rows):
    """Wrap rows as this table does."""
    return [{"item": row} for row in rows] if table in WRAPPED else list(rows)
