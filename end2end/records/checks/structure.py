"""What the other tools miss: attachments, colours, fonts, marked content, the parent tree.

Sources: ISO 19005-3, 6.1 to 6.8; ISO 14289-1, 7.
"""

import io
import re

import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Name

from told import documents, tell

PAINTS = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "Tj", "TJ", "'", '"'}
DEVICE = {"g", "G", "rg", "RG", "k", "K"}
ROLES = {
    "/Document", "/Sect", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/P", "/BlockQuote", "/Table",
    "/THead", "/TBody", "/TR", "/TH", "/TD", "/Figure", "/L", "/LI", "/Lbl", "/LBody",
}  # fmt: skip


class Font:
    """A face as the file embeds it, with the codes that the pages show."""

    def __init__(self, dictionary):
        self.name = str(dictionary.BaseFont)
        self.used = set()
        self.dictionary = dictionary

    def faults(self):
        dictionary, faults = self.dictionary, []
        descendant = dictionary.DescendantFonts[0]
        descriptor = descendant.FontDescriptor
        if not re.match(r"/[A-Z]{6}\+", self.name) or not self.name == str(descendant.BaseFont) == str(descriptor.FontName):
            faults.append("is not named alike as a subset")
        says = to_unicode(dictionary.ToUnicode.read_bytes())
        for code in self.used:
            text = says.get(code)
            if code == 0:
                faults.append("shows .notdef")
            elif not text or any(ord(c) in (0, 0xFEFF, 0xFFFE) for c in text):
                faults.append(f"code {code} has no text")
        widths = widths_of(descendant)
        for code, width in self.measured(descendant, descriptor).items():
            if abs(widths.get(code, float(descendant.get("/DW", 1000))) - width) > 1:
                faults.append(f"code {code} is {width} wide, the file says {widths.get(code)}")
        return [f"{self.name[1:]} {fault}" for fault in faults]

    def measured(self, descendant, descriptor):
        if descendant.Subtype == Name.CIDFontType2:
            if descendant.get("/CIDToGIDMap") != Name.Identity:
                return {-1: "no CIDToGIDMap and so "}
            face = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()), lazy=True)
            scale, names = 1000 / face["head"].unitsPerEm, face.getGlyphOrder()
            return {code: face["hmtx"][names[code]][0] * scale for code in self.used}
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(descriptor.FontFile3.read_bytes()), None)
        top = fonts[0]
        scale = 1000 * top.FontMatrix[0] if not hasattr(top, "FDArray") else 1.0
        measured = {}
        # CIDs of a CFF are the numbers that its charset gives.
        by_number = {int(name[3:]) if name.startswith("cid") else 0: name for name in top.charset}
        for code in self.used:
            glyph = top.CharStrings[by_number[code]]
            glyph.draw(NullPen())
            measured[code] = glyph.width * scale
        return measured


def to_unicode(cmap):
    says = {}
    text = cmap.decode("latin-1")
    read = lambda digits: bytes.fromhex(digits).decode("utf-16-be", "surrogatepass")  # noqa: E731
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            says[int(code, 16)] = read(value)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for first, last, value in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for code in range(int(first, 16), int(last, 16) + 1):
                start = read(value)
                says[code] = start[:-1] + chr(ord(start[-1]) + code - int(first, 16))
    return says


def widths_of(descendant):
    widths, items = {}, list(descendant.get("/W", []))
    while items:
        first = int(items.pop(0))
        following = items.pop(0)
        if isinstance(following, Array):
            widths.update({first + place: float(width) for place, width in enumerate(following)})
        else:
            width = float(items.pop(0))
            widths.update(dict.fromkeys(range(first, int(following) + 1), width))
    return widths


def walk_content(stream, resources, fonts, faults, owned=False):
    """The numbers of marked content, with every mark owned by a tag or an artifact."""
    numbers, open_marks, font, text = [], [], None, []
    for operands, operator in pikepdf.parse_content_stream(stream):
        operator = str(operator)
        if operator in ("BDC", "BMC"):
            tag, number = str(operands[0]), None
            if operator == "BDC" and not isinstance(operands[1], Name) and "/MCID" in operands[1]:
                number = int(operands[1].MCID)
                numbers.append(number)
            if tag == "/Artifact" and any(mark for mark in open_marks):
                faults.append("an artifact inside other content")
            if number is not None and open_marks:
                faults.append("tagged content inside other content")
            open_marks.append((tag, number))
        elif operator == "EMC":
            if not open_marks:
                faults.append("EMC without a beginning")
            else:
                open_marks.pop()
        elif operator in DEVICE or operator in ("cs", "CS") and str(operands[0]).startswith("/Device"):
            faults.append(f"a device colour: {operator}")
        elif operator in ("BI", "INLINE IMAGE", "sh"):
            faults.append(f"the operator {operator}")
        elif operator == "Tf":
            key = str(operands[0])
            dictionary = resources.Font[key]
            font = fonts.setdefault(dictionary.objgen, Font(dictionary))
        elif operator == "Tj":
            text = [bytes(operands[0])]
        elif operator == "TJ":
            text = [bytes(item) for item in operands[0] if isinstance(item, pikepdf.String)]
        if operator in PAINTS and not owned:
            if not any(tag == "/Artifact" or number is not None for tag, number in open_marks):
                faults.append(f"{operator} belongs to no tag and no artifact")
        if operator == "Do":
            form = resources.XObject[str(operands[0])]
            if form.Subtype != Name.Form:
                faults.append("an image")
            elif walk_content(form, form.Resources, fonts, faults, owned=True):
                faults.append("tagged content inside a form")
        if operator in ("Tj", "TJ"):
            for string in text:
                font.used.update(int.from_bytes(string[i : i + 2], "big") for i in range(0, len(string), 2))
    if open_marks:
        faults.append("marked content without an end")
    return numbers


def tree_of(pdf, faults):
    """Every piece of content that the tags own: page, number and tag."""
    owned = {}
    root = pdf.Root.StructTreeRoot
    stack = [(root.K[0] if isinstance(root.K, Array) else root.K, root)]
    last_level = 0
    while stack:
        element, parent = stack.pop()
        role = str(element.S)
        if role not in ROLES:
            faults.append(f"the role {role}")
        if element.P.objgen != parent.objgen:
            faults.append(f"a {role} names another parent")
        level = re.fullmatch(r"/H(\d)", role)
        if level:
            if int(level[1]) > last_level + 1:
                faults.append(f"{role} after H{last_level}")
            last_level = int(level[1])
        if role == "/Figure":
            attributes = element.get("/A", [])
            attributes = attributes if isinstance(attributes, Array) else [attributes]
            if not str(element.get("/Alt", "")) or not any("/BBox" in one for one in attributes):
                faults.append("a figure without words or a box")
        if role == "/Table":
            rows = [row for group in element.K for row in group.K]
            if len({len(row.K) for row in rows}) != 1:
                faults.append("a ragged table")
        within = {"/LI": ["/L"], "/Lbl": ["/LI"], "/LBody": ["/LI"]}.get(role)
        if within and str(element.P.S) not in within:
            faults.append(f"a {role} outside a list")
        if role == "/LI" and [str(part.S) for part in element.K] != ["/Lbl", "/LBody"]:
            faults.append("an item without its mark or its body")
        if role == "/TH":
            attributes = element.A if isinstance(element.A, Array) else [element.A]
            if not any("/Scope" in one for one in attributes):
                faults.append("a head cell without a scope")
        children = element.get("/K", Array())
        children = children if isinstance(children, Array) else [children]
        for child in reversed(list(children)):
            if child.get("/Type") == Name.MCR:
                owned[child.Pg.objgen, int(child.MCID)] = element.objgen
            else:
                stack.append((child, element))
    return owned


def parents_of(pdf):
    """The parent tree, flat: key to entry."""
    found, open_nodes = {}, [pdf.Root.StructTreeRoot.ParentTree]
    while open_nodes:
        node = open_nodes.pop()
        open_nodes.extend(node.get("/Kids", []))
        nums = list(node.get("/Nums", []))
        found.update({int(key): entry for key, entry in zip(nums[::2], nums[1::2])})
    return found


def of_the_catalog(pdf, faults):
    root = pdf.Root
    if not str(root.get("/Lang", "")) or not bool(root.MarkInfo.Marked):
        faults.append("no language or not marked")
    if not bool(root.ViewerPreferences.DisplayDocTitle):
        faults.append("the window does not show the title")
    for forbidden in ("/OpenAction", "/AA", "/Requirements", "/OCProperties"):
        if forbidden in root:
            faults.append(f"{forbidden} in the catalog")
    intents = list(root.OutputIntents)
    if len(intents) != 1 or intents[0].S != Name.GTS_PDFA1 or intents[0].DestOutputProfile.N != 3:
        faults.append("the output intent is not one of sRGB")
    if "/ID" not in pdf.trailer or "/Encrypt" in pdf.trailer:
        faults.append("no ID, or encrypted")


def of_the_metadata(pdf, faults):
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        for key, wanted in {
            "pdfaid:part": "3",
            "pdfaid:conformance": "A",
            "pdfuaid:part": "1",
            "dc:title": str(pdf.docinfo["/Title"]),
            "xmp:CreatorTool": str(pdf.docinfo["/Creator"]),
            "pdf:Producer": str(pdf.docinfo["/Producer"]),
        }.items():
            if xmp.get(key) != wanted:
                faults.append(f"{key} is {xmp.get(key)!r}")
        if [str(pdf.docinfo["/Author"])] != list(xmp.get("dc:creator", [])):
            faults.append("the authors differ")
        for key, name in (("xmp:CreateDate", "/CreationDate"), ("xmp:ModifyDate", "/ModDate")):
            digits = re.sub(r"\D", "", xmp.get(key, ""))[:14]
            if digits != re.sub(r"\D", "", str(pdf.docinfo[name]))[:14]:
                faults.append(f"{key} and {name} differ")
    if "/Filter" in pdf.Root.Metadata:
        faults.append("the metadata is compressed")


def of_the_files(pdf, faults):
    listed = [spec.objgen for spec in pdf.Root.get("/AF", [])]
    tree = pdf.Root.get("/Names", {}).get("/EmbeddedFiles", {})
    names = list(tree.get("/Names", []))
    if [bytes(key) for key in names[::2]] != sorted(bytes(key) for key in names[::2]):
        faults.append("the names are not in order")
    if sorted(listed) != sorted(spec.objgen for spec in names[1::2]):
        faults.append("an attached file is not associated, or the other way round")
    for spec in names[1::2]:
        name = str(spec.get("/UF", ""))
        stream = spec.EF.get("/UF", spec.EF.F)
        kind = str(stream.get("/Subtype", ""))[1:]
        if not re.fullmatch(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+", kind):
            faults.append(f"“{name}” has the type “{kind}”")
        if spec.get("/AFRelationship") not in (Name.Source, Name.Supplement):
            faults.append(f"“{name}” has no relationship")
        if not name or "/F" not in spec or not str(spec.get("/Desc", "")):
            faults.append(f"“{name}” is not described")
        if "/ModDate" not in stream.Params or int(stream.Params.Size) != len(stream.read_bytes()):
            faults.append(f"“{name}” has no date or another size")


def of_the_pages(pdf, faults):
    fonts, shown = {}, {}
    parents, owned = parents_of(pdf), tree_of(pdf, faults)
    for place, page in enumerate(pdf.pages, 1):
        if page.get("/Tabs") != Name.S:
            faults.append(f"page {place} has another tab order")
        for annotation in page.get("/Annots", []):
            # The seal's: printed, locked, and nowhere on the page.
            if annotation.Subtype != Name.Widget or annotation.FT != Name.Sig:
                faults.append(f"page {place} has an annotation")
            elif int(annotation.F) & 0b100110 != 0b100 or not str(annotation.get("/TU", "")):
                faults.append("the seal's widget is not as PDF/A and PDF/UA want it")
        numbers = walk_content(page.obj, page.Resources, fonts, faults)
        if sorted(numbers) != list(range(len(numbers))):
            faults.append(f"page {place} numbers its content with gaps")
        entry = [element.objgen for element in parents.get(int(page.StructParents), [])]
        if len(entry) != len(numbers):
            faults.append(f"the parent tree has {len(entry)} of {len(numbers)} on page {place}")
        for number, parent in enumerate(entry):
            if owned.get((page.obj.objgen, number)) != parent:
                faults.append(f"content {number} of page {place} has two parents")
        shown.update({(page.obj.objgen, number): True for number in numbers})
    if set(owned) != set(shown):
        faults.append("tags own content that is nowhere, or content has no tag")
    if int(pdf.Root.StructTreeRoot.ParentTreeNextKey) <= max(parents, default=-1):
        faults.append("the next key of the parent tree is taken")
    for font in fonts.values():
        faults.extend(font.faults())


for path in documents():
    faults = []
    with pikepdf.open(path) as pdf:
        for look in (of_the_catalog, of_the_metadata, of_the_files, of_the_pages):
            try:
                look(pdf, faults)
            except Exception as error:  # noqa: BLE001, what cannot be read is a fault
                faults.append(f"{look.__name__}: {error!r}")
    tell(path.stem, faults)
