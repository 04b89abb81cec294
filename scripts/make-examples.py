"""Writes the binary files of examples/halvard-coast (PDF, DOCX, ZIP); the other files there are written by hand.
Run: pip install reportlab==4.2.5 python-docx==1.1.2 && python scripts/make-examples.py"""
import pathlib
import zipfile

import docx
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

FOLDER = pathlib.Path(__file__).parent.parent / "examples" / "halvard-coast"

WRECK = [
    ["The Loss of the Petrel", "Report of the Court of Inquiry, Norhaven, February 1908"],
    ["The steamer Petrel left Norhaven on 13 November 1907 with 31 people on board under Captain Edda Kovic. "
     "At eleven at night on 14 November she struck Skerrow Rock in fog.",
     "The keeper of the light, Ines Marlowe, put out in the station's boat and brought nine people ashore in three journeys. "
     "The pilot cutter from Tolland took off the others."],
    ["The court finds that the compass of the Petrel had been set wrongly at the Norhaven Yard. No blame falls on Captain Kovic.",
     "The court recommends that a fog signal be built on Skerrow Rock. It was first sounded in 1910."],
]


def pdf() -> None:
    styles = getSampleStyleSheet()
    story = [Paragraph(WRECK[0][0], styles["Title"]), Paragraph(WRECK[0][1], styles["Italic"]), Spacer(1, 12)]
    story += [Paragraph(text, styles["BodyText"]) for text in WRECK[1]]
    story += [PageBreak(), Paragraph("Findings", styles["Heading2"])]
    story += [Paragraph(text, styles["BodyText"]) for text in WRECK[2]]
    SimpleDocTemplate(str(FOLDER / "loss-of-the-petrel.pdf"), pagesize=A5, title="The Loss of the Petrel", invariant=True).build(story)


def word() -> None:
    document = docx.Document()
    document.core_properties.title = "Lindqvist Institute"
    document.add_heading("Lindqvist Institute", 1)
    document.add_paragraph("The Lindqvist Institute is a technical college in Norhaven. It was founded in 1832 by the mathematician Clara Lindqvist.")
    document.add_heading("Teaching", 2)
    document.add_paragraph("The institute admitted women from its first day. Among its students were Tobias Renn and Hanna Velde; Edda Kovic taught navigation there from 1909.")
    document.add_heading("Buildings", 2)
    document.add_paragraph("The observatory on the roof was added in 1871. Its dome is turned by hand.")
    document.save(FOLDER / "lindqvist-institute.docx")


def letters() -> None:
    texts = {
        "letters/1908-03-marlowe-to-kovic.txt": "Letter from Ines Marlowe to Edda Kovic\n\nSkerrow, 3 March 1908\n\nDear Edda, the court has done right by you. The Silver Oar came in a box of cedar; I keep the tea in it. "
        "I have written to Tobias Renn about the fog signal, for nobody knows the rock as he does.\n\nYour Ines\n",
        "letters/1908-04-renn-to-marlowe.txt": "Letter from Tobias Renn to Ines Marlowe\n\nNorhaven, 20 April 1908\n\nDear Miss Marlowe, the signal can stand on the north ledge. "
        "Hanna has drawn the lichens there and says the stone is sound. I will ask for four thousand crowns.\n\nT. Renn\n",
    }
    with zipfile.ZipFile(FOLDER / "letters.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(texts.items()):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)


pdf()
word()
letters()
