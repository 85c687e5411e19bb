"""Tests of the second verifier.

    python -m unittest end2end/verify_test.py
    CORPUS=folder python -m unittest end2end/verify_test.py      and every sealed record of that folder

Each test states a fact. The vectors are shared with the desk's own tests; see vectors/README.md.
"""

import base64
import contextlib
import importlib.util
import io
import json
import os
import random
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import verify_scene as scene
from verify_scene import Certificate, Scene, make, seal, unsealed, with_case

import note
import periods
import rules
import sealed
import steps
import telephone
import tree
from fault import Altered

SPEC = importlib.util.spec_from_file_location("verify_main", HERE / "verify" / "__main__.py")
PROGRAM = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(PROGRAM)
KEY = make.LEDGER.vkey
LIVES = json.loads((HERE / "vectors" / "lives.json").read_text())["cases"]


def unbase64(texts):
    return [base64.b64decode(one) for one in texts]


class Vectors(unittest.TestCase):
    def each(self, name):
        for case in json.loads((HERE / "vectors" / f"{name}.json").read_text())["cases"]:
            with self.subTest(case["name"]):
                yield case

    def reads(self, act):
        try:
            act()
        except (note.Malformed, Altered):
            return False
        return True

    def test_inclusion_proofs_lead_to_the_root_exactly_when_they_should(self):
        for one in self.each("inclusion"):
            leaf = tree.leaf_hash(bytes.fromhex(one["leaf"]))
            root = tree.root_of(one["index"], one["size"], leaf, unbase64(one["proof"]))
            self.assertEqual(root == bytes.fromhex(one["root"]), one["holds"])

    def test_a_tree_grew_out_of_another_exactly_when_it_should(self):
        for one in self.each("consistency"):
            roots = bytes.fromhex(one["from_root"]), bytes.fromhex(one["to_root"])
            self.assertEqual(tree.grew(one["from"], one["to"], *roots, unbase64(one["proof"])), one["holds"])

    def test_roots_of_small_trees(self):
        for one in self.each("roots"):
            level = [tree.leaf_hash(bytes.fromhex(leaf)) for leaf in one["leaves"]] or [tree.EMPTY]
            while len(level) > 1:
                level = [tree.node_hash(*pair) if len(pair) == 2 else pair[0] for pair in (level[at : at + 2] for at in range(0, len(level), 2))]
            self.assertEqual(level[0].hex(), one["root"])

    def test_keys(self):
        for one in self.each("vkeys"):
            self.assertEqual(self.reads(lambda: note.Key.read(one["vkey"])), one["holds"])
            if one["holds"]:
                key = note.Key.read(one["vkey"])
                self.assertEqual((key.name, key.id.hex(), key.kind, key.public.hex()), (one["key_name"], one["id"], one["kind"], one["public"]))

    def test_notes(self):
        for one in self.each("notes"):
            try:
                checkpoint = note.Checkpoint.read(one["note"])
            except note.Malformed:
                self.assertEqual(one["expect"], "malformed")
                continue
            found = {True: "signed", False: "forged", None: "unsigned"}[checkpoint.by(note.Key.read(one["vkey"]))]
            self.assertEqual(found, one["expect"])
            self.assertEqual((checkpoint.origin, checkpoint.size, checkpoint.root.hex()), (one["origin"], one["size"], one["root"]))

    def test_bundles(self):
        for one in self.each("bundles"):
            self.assertEqual(self.reads(lambda: note.bundle(one["text"])), one["holds"])
            if one["holds"]:
                notes, growths = note.bundle(one["text"])
                self.assertEqual(([each.size for each in notes], [[each.old, each.new] for each in growths]), (one["sizes"], one["growths"]))

    def test_tiles(self):
        for one in self.each("tiles"):
            self.assertEqual(tree.tile_path(one["level"], one["index"], one["width"]), one["path"])

    def test_leaves(self):
        for one in self.each("leaves"):
            self.assertEqual(self.reads(lambda: sealed.leaf_of(one["leaf"])), one["holds"])
            if one["holds"]:
                read = sealed.leaf_of(one["leaf"])
                self.assertEqual(read, {key: one[key] for key in read})
                self.assertEqual(tree.leaf_hash(one["leaf"].encode()).hex(), one["hash"])

    def test_openings(self):
        for one in self.each("openings"):
            self.assertEqual(self.reads(lambda: sealed.entry(one["sealed"])), one["holds"])
            if one["holds"]:
                self.assertEqual(len(sealed.entry(one["sealed"]).masked), one["masked"])

    def test_telephone_numbers(self):
        for one in self.each("numbers"):
            self.assertEqual(telephone.same_number(one["one"], one["other"]), one["same"])

    def test_periods(self):
        for one in self.each("periods"):
            start, zone = periods.zoned(one["start"])
            pauses = [(periods.instant(each["from"]), periods.instant(each["until"]) if "until" in each else None) for each in one["pauses"]]
            ends = periods.ends(start, zone, one["length"], one["calendars"], pauses)
            self.assertEqual(ends, one["ends"] and periods.instant(one["ends"]))

    def test_lives(self):
        for one in self.each("lives"):
            self.assertTrue(all(steps.readable(event, rules.STEPS) for event in one["events"]))
            _, broken = rules.replay(scene.CASE, scene.NUMBER, one["events"])
            self.assertEqual([says.split(":")[0] for says in broken], [f"Version {version}" for version in one["broken"]], broken)


class Asking(unittest.TestCase):
    """Runs the program as people do."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def ask(self, data, *options, key=KEY):
        said = io.StringIO()
        arguments = [self.file("record.pdf", data), "--json", *options, *(["--key", key] if key else [])]
        with contextlib.redirect_stdout(said):
            code = PROGRAM.main(arguments)
        told = json.loads(said.getvalue())
        self.assertEqual(told["code"], code)
        return told

    def expect(self, verdict, data, *options, key=KEY, says=""):
        told = self.ask(data, *options, key=key)
        self.assertEqual(told["verdict"], verdict.replace(" ", "-"), told["says"])
        self.assertIn(says, told["says"])
        return told


class Whole(Asking):
    def test_a_record_is_intact_to_who_holds_the_key(self):
        told = self.expect("intact", Scene().pdf())
        self.assertEqual((told["record"]["number"], told["record"]["size"]), (scene.NUMBER, 20))

    def test_without_a_key_nobody_knows_whose_it_is(self):
        self.expect("signature unknown", Scene().pdf(), key=None)
        self.expect("signature unknown", Scene().pdf(), key=make.OTHER.vkey)
        self.expect("signature unknown", Scene().pdf(), key=make.WITNESS.vkey)

    def test_entries_from_before_texts_were_sealed_hold(self):
        self.expect("intact", Scene(plain=True).pdf())

    def test_an_emergency_with_its_review_holds(self):
        self.expect("intact", Scene(scene.EMERGENCY).pdf())

    def test_every_beginning_of_a_case_holds(self):
        for steps in (scene.JOURNEY, scene.EMERGENCY):
            for count in range(1, len(steps) + 1):
                with self.subTest(count=count):
                    self.expect("intact", Scene(steps[:count]).pdf())

    def test_every_life_that_keeps_the_rules_holds(self):
        for life in LIVES:
            with self.subTest(life["name"]):
                self.expect("rules broken" if life["broken"] else "intact", scene.lived(life).pdf())

    def test_a_redacted_edition_of_what_lives_beside_the_stage_holds(self):
        for life in LIVES:
            if not life["broken"]:
                with self.subTest(life["name"]):
                    its = scene.lived(life)
                    texts = {each["value"] for one in its.evidence["entries"] for each in one["openings"]}
                    its.redact(*texts)
                    self.expect("intact", its.pdf())

    def test_a_redacted_edition_holds_and_what_was_left_out_can_be_shown(self):
        its = Scene()
        shown = its.redact("Helena Marsh", "An order forbids it.", "Anna Lindqvist")
        data = its.pdf()
        told = self.expect("intact", data)
        self.assertNotIn("Helena Marsh", json.dumps(told))
        file = self.file("shown.json", json.dumps({"format": "disclosure-desk/unmasking/v1", "openings": shown}))
        self.assertIn("Helena Marsh", json.dumps(self.expect("intact", data, "--opening", file)))
        shown[0]["value"] = "Helena Moor"
        file = self.file("shown.json", json.dumps({"format": "disclosure-desk/unmasking/v1", "openings": shown}))
        self.expect("altered", data, "--opening", file)

    def life(self, name):
        """The record of a life of the shared vectors, and its case."""
        its = scene.lived(next(one for one in LIVES if one["name"] == name))
        self.expect("intact", its.pdf())
        return its, its.dossier["case"]

    def test_a_mended_case_is_judged_by_the_promise_it_was_pinned_to(self):
        its, case = self.life("another day of receipt, and another promise")
        self.assertEqual((case["policy"], its.dossier["policy"]["version"]), (4, 4))
        case["policy"] = 3
        self.expect("altered", its.pdf(), says="policy")

    def test_that_another_requester_was_put_in_is_told_of_every_case(self):
        for name in ("another requester, who is confirmed", "from before: another requester than was confirmed"):
            its, case = self.life(name)
            self.assertEqual(case["requester_changed"], next(event["at"] for event in its.events if event["step"]["kind"] == "edit"))
            del case["requester_changed"]
            self.expect("altered", its.pdf(), says="requester_changed")
        for name in ("the same requester, spelled otherwise", "a name that is left out is not another"):
            self.assertNotIn("requester_changed", self.life(name)[1])

    def test_a_withdrawn_case_awaits_no_review_any_more(self):
        its = scene.lived({"events": self.life("a release that nobody used is withdrawn without a review")[0].events[:7]})
        self.assertEqual((its.dossier["case"]["stage"], its.dossier["case"]["awaits_review"]), ("withdrawn", False))

    def test_the_address_of_service_and_why_nobody_is_told_are_in_the_case(self):
        its, case = self.life("at which address it was served")
        self.assertEqual(case["request"]["served_at"], "By its agent.")
        case["request"]["served_at"] = "By post."
        self.expect("altered", its.pdf(), says="served_at")
        its, case = self.life("why nobody is told, for every reason")
        self.assertEqual([one["what"]["why"] for one in case["beside"]["untold"]], ["no_contact", "issuing_authority_notifies", "not_required", "exigent_delay"])
        case["beside"]["untold"].pop()
        self.expect("altered", its.pdf(), says="beside")

    def test_people_get_lines_and_the_same_code(self):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            code = PROGRAM.main([self.file("record.pdf", Scene().pdf()), "--key", KEY])
        self.assertEqual(code, 0)
        self.assertTrue(said.getvalue().startswith("INTACT: "))


class Touched(Asking):
    """Changes by somebody without the seal's key."""

    def test_no_byte_can_be_changed(self):
        data, chance = Scene().pdf(), random.Random(7)
        sweep(self, data, chance, 400)

    def test_nothing_can_be_appended_or_cut_off(self):
        data = Scene().pdf()
        for more in (b"\n", b" ", b"\0", b"%%EOF\n", data):
            self.expect("altered", data + more)
        for end in random.Random(7).sample(range(len(data)), 60):
            self.assertIn(self.ask(data[:end])["code"], (1, 2))

    def test_the_seal_cannot_be_taken_off(self):
        self.expect("altered", unsealed(Scene().pdf()), says="not sealed")

    def test_the_room_after_the_seal_stays_empty(self):
        data = Scene().pdf()
        at = data.rindex(b"0000000000>") + 4
        self.expect("altered", data[:at] + b"1" + data[at + 1 :])
        self.expect("altered", data[:at] + b"A" + data[at + 1 :])

    def test_the_case_cannot_be_changed_with_its_file_put_in_order(self):
        self.expect("altered", with_case(Scene().pdf(), lambda told: told["case"].update(stage="draft")), says="not those that were sealed")

    def test_whatever_the_file_there_is_an_answer(self):
        chance = random.Random(7)
        for data in (b"", b"%PDF-", b"hello", b"%PDF-1.7\n(case.json)", chance.randbytes(5000), scene.HEADER + b"(case.json)" + b"[" * 100000, b"%PDF-1.4\n" + chance.randbytes(100)):
            self.assertIn(self.ask(data)["code"], (1, 2))
        self.assertEqual(self.ask(b"x", "--checkpoint", str(self.folder))["code"], 2)
        self.assertEqual(self.ask(b"x", "--opening", self.file("o", "[" * 100000))["code"], 2)
        self.assertEqual(self.ask(b"x", key="nobody+0+x")["code"], 2)
        self.assertEqual(self.ask(b"x", "--checkpoint", self.file("k", "prose"))["code"], 2)

    def test_a_file_that_unpacks_without_end_is_refused(self):
        import zlib

        packed = zlib.compress(b"\0" * (300 << 20), 9)
        data = scene.printed(b"{}\n")
        body = data.index(b"stream\n") + 7
        end = data.index(b"\nendstream")
        data = data[:body] + packed + data[end:]
        data = data.replace(b"/Length %d" % (end - body), b"/Length %d" % len(packed))
        table = data.index(b"xref\n0 ")
        data = data[: data.index(b"startxref")] + b"startxref\n%d\n%%%%EOF" % table
        self.expect("altered", seal(data, Certificate(), "2026-11-02T18:00:00Z"), says="too large")


class Forged(Asking):
    """Changes by somebody who can seal, but not sign the ledger."""

    def forged(self, change, says="", steps=scene.JOURNEY, verdict="altered"):
        its = Scene(steps)
        its.earlier(5)
        change(its.dossier)
        self.expect(verdict, its.pdf(), says=says)

    def test_another_certificate_is_found(self):
        self.expect("altered", Scene().pdf(Certificate()), says="another certificate")

    def test_a_seal_that_its_ledger_does_not_name_is_anybodys(self):
        self.expect("signature unknown", Scene(name_seal=False).pdf(), says="which certificate")

        def cut_short(told):
            """Leaves the last entry out, and everything that tells of it; the proofs still fit."""
            told["case"].update(Scene(scene.JOURNEY[:-1]).dossier["case"])
            told["ledger"]["entries"].pop()

        self.forged(lambda told: (cut_short(told), told["ledger"].update(seal=None)), "which certificate", verdict="signature unknown")
        its = Scene()
        cut_short(its.dossier)
        self.expect("altered", its.pdf(Certificate()), says="another certificate")

    def test_there_is_one_way_to_write_a_seal_and_a_case(self):
        import cms

        certificate, digest = Certificate(), make.sha(b"covered")
        self.assertEqual(cms.seal(scene.signed(digest, certificate), digest).sha256, certificate.sha256)
        for wrong in (
            scene.signed(digest, certificate, high_s=True),
            scene.signed(digest, certificate, extra=[scene.attribute("1.2.840.113549.1.9.5", scene.tlv(0x17, b"261123180000Z"))]),
            scene.signed(digest, certificate, unsigned=scene.tlv(0xA1, scene.attribute("1.2.3.4", scene.tlv(5)))),
            scene.signed(digest, certificate) + b"\0\1",
            scene.signed(make.sha(b"other"), certificate),
        ):
            with self.assertRaises(Altered):
                cms.seal(wrong, digest)
        data = scene.printed(json.dumps(Scene().dossier).encode() + b"\n")
        self.expect("altered", seal(data, Certificate(), "2026-11-02T21:00:00Z"))

    def test_the_case_is_what_its_entries_amount_to(self):
        for key, value in {
            "stage": "denied", "version": 8, "granted": ["contact_information"], "decisions": [], "disclosures": [],
            "fields": {}, "policy": 4, "closing": None, "awaits_review": True, "number": "DD-2026-00043",
            "beside": {"gags": []},
        }.items():
            with self.subTest(key):
                self.forged(lambda told: told["case"].update({key: value}))
        self.forged(lambda told: told["case"].update(more=1))
        self.forged(lambda told: told["case"]["classification"].update(terms={}), "classification")
        self.forged(lambda told: told["case"]["request"].update(categories=["ip_history"]), "categories")
        self.forged(lambda told: told["case"]["request"]["requester"].update(person="Helena Moor"), "person")
        self.forged(lambda told: told["case"]["request"].update(asks="everything"), "asks")

    def test_the_shape_of_the_file_is_strict(self):
        self.forged(lambda told: told.update(more=1), "does not belong")
        self.forged(lambda told: told["ledger"].update(more=1), "does not belong")
        self.forged(lambda told: told["ledger"]["entries"][0].update(more=1), "does not belong")
        self.forged(lambda told: told.pop("masked"), "lacks")
        self.forged(lambda told: told.update(edition="draft"))
        self.forged(lambda told: told.update(as_of="2026-11-02T18:00:00Z"))

    def test_entries_are_held_against_their_leaves(self):
        entries = lambda told: told["ledger"]["entries"]
        self.forged(lambda told: entries(told)[3].update(proof=entries(told)[4]["proof"]), "does not stand under")
        self.forged(lambda told: entries(told)[0]["openings"].pop(), "leaves something out")
        self.forged(lambda told: entries(told)[0]["openings"][0].update(value="x"), "fits nothing")
        self.forged(lambda told: entries(told).pop(), "is not what")
        self.forged(lambda told: entries(told).pop(3), "follows version")
        self.forged(lambda told: entries(told).insert(0, entries(told).pop()), "order of the ledger")
        self.forged(lambda told: entries(told)[6].update(payload=entries(told)[6]["payload"].replace("approve", "deny")), "commits to")
        self.forged(lambda told: entries(told)[6].update(seq=3), "another place")

    def test_the_checkpoint_is_signed_by_the_keys_that_are_named(self):
        self.forged(lambda told: told["ledger"].update(keys=[make.OTHER.vkey]), "not signed")
        self.forged(lambda told: told["ledger"].update(keys=[]), "no key")
        self.forged(lambda told: told["ledger"].update(origin="disclosure-desk/00000000"), "another ledger")
        self.forged(lambda told: told["ledger"]["earlier"][0]["proof"].pop(), "did not grow")

    def test_what_is_left_out_is_said(self):
        its = Scene()
        its.redact("Helena Marsh")
        its.dossier["masked"].append("v1/other")
        self.expect("altered", its.pdf(), says="leaves out")
        its.dossier["masked"] = []
        self.expect("altered", its.pdf(), says="leaves nothing out")

    def test_the_policy_is_the_one_that_was_published(self):
        self.forged(lambda told: told["policy"].update(promise="nothing"), "policy")
        self.forged(lambda told: told["ledger"].update(policy=None), "policy")


class Broken(Asking):
    """Steps that the ledger holds and the rules refuse: even the desk's own keys do not help."""

    def broken(self, steps, says):
        self.expect("rules broken", Scene(steps).pdf(), says=says)

    def swapped(self, steps, *changes):
        made = list(steps)
        for old, new in changes:
            made[made.index(old)] = new
        return made

    def without(self, steps, *gone):
        return [one for one in steps if one not in gone]

    def test_who_filed_does_not_approve(self):
        mine = (scene.ANNA_AS_MANAGER, scene.APPROVE[1])
        self.broken(self.swapped(scene.JOURNEY, (scene.APPROVE, mine)), "filed and edited and classified")

    def test_who_verified_does_not_approve(self):
        mine = ({**scene.BRUNO, "role": "manager"}, scene.APPROVE[1])
        self.broken(self.swapped(scene.JOURNEY, (scene.APPROVE, mine)), "verified")

    def test_staff_does_not_approve(self):
        self.broken(self.swapped(scene.JOURNEY, (scene.APPROVE, (scene.BRUNO, scene.APPROVE[1]))), "role")

    def test_nothing_is_approved_without_a_confirmed_requester(self):
        self.broken(self.without(scene.JOURNEY, scene.CONFIRMED), "confirmed")
        self.broken(self.swapped(scene.JOURNEY, (scene.CONFIRMED, scene.NOT_CONFIRMED)), "confirmed")
        again = [*scene.JOURNEY[:5], scene.NOT_CONFIRMED, *scene.JOURNEY[5:]]
        self.broken(again, "confirmed")

    def test_the_call_back_is_made_by_another_than_the_filer(self):
        mine = (scene.ANNA, scene.CONFIRMED[1])
        self.broken(self.swapped(scene.EMERGENCY, (scene.CONFIRMED, mine)), "call-back")

    def test_an_emergency_needs_a_call_back(self):
        docket = (scene.BRUNO, {**scene.CONFIRMED[1], "method": "docket"})
        self.broken(self.swapped(scene.EMERGENCY, (scene.CONFIRMED, docket)), "confirmed")

    def test_the_second_manager_is_another(self):
        self.broken(self.swapped(scene.EMERGENCY, (scene.REVIEW, (scene.MIRA, scene.REVIEW[1]))), "reviews it too")

    def test_an_emergency_is_not_closed_before_its_review(self):
        self.broken(self.without(scene.EMERGENCY, scene.REVIEW), "second review")

    def test_nothing_is_disclosed_that_was_not_granted(self):
        beyond = (scene.ANNA, {**scene.DISCLOSE[1], "answers": {"recorded_communications": "produced"}})
        self.broken(self.swapped(scene.JOURNEY, (scene.DISCLOSE, beyond)), "without being granted")
        self.broken(self.without(scene.JOURNEY, scene.APPROVE), "stage")

    def test_nothing_is_granted_beyond_the_instrument(self):
        subpoena = (scene.ANNA, {**scene.WARRANT[1], "instrument": "subpoena"})
        self.broken(self.swapped(scene.JOURNEY, (scene.WARRANT, subpoena)), "beyond")

    def test_an_order_is_needed(self):
        self.broken(self.without(scene.JOURNEY, scene.ORDER), "without its order")

    def test_stages_are_not_skipped(self):
        self.broken(self.without(scene.JOURNEY, scene.SUBMIT), "stage")
        self.broken([scene.FILE], "begins with its draft")

    def test_a_later_breach_is_found_too(self):
        self.broken([*scene.JOURNEY, scene.APPROVE], "stage closed")


class Kept(Asking):
    def setUp(self):
        super().setUp()
        self.scene = Scene()
        self.scene.earlier(9)
        self.data = self.scene.pdf()

    def kept(self, verdict, checkpoint, *more, says=""):
        return self.expect(verdict, self.data, "--checkpoint", self.file("kept.txt", checkpoint), *more, says=says)

    def test_the_same_checkpoint_speaks_for_the_record(self):
        self.kept("intact", self.scene.ledger.checkpoint())
        self.expect("intact", self.data, "--checkpoint", self.file("kept.pdf", self.data))

    def test_an_earlier_one_that_the_record_carries_speaks_for_it(self):
        self.kept("intact", self.scene.ledger.checkpoint(9))

    def test_another_of_the_same_size_speaks_against_it(self):
        text = make.text_of(20, make.sha(b"other"))
        self.kept("diverged", text + "\n" + make.LEDGER.line(text))
        text = make.text_of(9, make.sha(b"other"))
        self.kept("diverged", text + "\n" + make.LEDGER.line(text))

    def test_a_smaller_one_needs_a_proof(self):
        ledger = self.scene.ledger
        self.kept("not connected", ledger.checkpoint(7))
        self.kept("intact", ledger.checkpoint(7), "--consistency", self.file("grown", ledger.growth_file(7)))
        self.kept("intact", ledger.growth_file(7) + "\n" + ledger.checkpoint(7))
        text = make.text_of(7, make.sha(b"other"))
        self.kept("diverged", text + "\n" + make.LEDGER.line(text), "--consistency", self.file("grown", ledger.growth_file(7)))

    def test_a_larger_one_makes_the_record_an_older_one(self):
        ledger = self.scene.ledger
        for _ in range(5):
            ledger.append("case.draft", "version-1", {}, plain=True)
        self.kept("older", ledger.checkpoint())
        self.kept("intact", ledger.checkpoint(), "--consistency", self.file("grown", ledger.growth_file(20)))
        text = make.text_of(25, make.sha(b"other"))
        self.kept("diverged", text + "\n" + make.LEDGER.line(text), "--consistency", self.file("grown", ledger.growth_file(20)))

    def test_another_ledger_is_not_compared(self):
        text = make.text_of(20, make.sha(b"other"), "disclosure-desk/00000000")
        told = self.kept("intact", text + "\n" + make.OTHER.line(text))
        self.assertIn("another ledger", json.dumps(told["checks"]))

    def test_the_worst_decides(self):
        text = make.text_of(20, make.sha(b"other"))
        self.expect("altered", self.data + b"\n", "--checkpoint", self.file("kept", text + "\n" + make.LEDGER.line(text)))


class Keys(Asking):
    def succeeded(self):
        """A ledger whose key changed before its last checkpoint."""
        its = Scene()
        ledger = its.ledger
        named = ledger.append("ledger-key.name", make.OTHER.vkey, {"entry": "ledger_key_named", "key": make.OTHER.vkey}, plain=True)
        size = len(ledger.leaves)
        its.evidence["successions"] = [{"checkpoint": ledger.checkpoint(), "entry": ledger.proven(named, size)}]
        ledger.append("case.draft", "version-1", {}, plain=True)
        ledger.signer = make.OTHER
        its.evidence.update(keys=[make.OTHER.vkey], checkpoint=ledger.checkpoint())
        for one in (*its.evidence["entries"], its.evidence["policy"], its.evidence["seal"]):
            one.update(ledger.proven(one))
        return its

    def test_a_held_key_vouches_for_the_one_that_it_named(self):
        self.expect("intact", self.succeeded().pdf())
        self.expect("intact", self.succeeded().pdf(), key=make.OTHER.vkey)
        self.expect("signature unknown", self.succeeded().pdf(), key=None)

    def test_a_key_that_nobody_named_is_not_reached(self):
        its = self.succeeded()
        its.evidence["successions"] = []
        self.expect("signature unknown", its.pdf())

    def test_a_change_that_the_old_key_did_not_sign_is_found(self):
        its = self.succeeded()
        change = its.evidence["successions"][0]
        change["checkpoint"] = its.ledger.checkpoint(21, Forger())
        self.expect("altered", its.pdf(), says="badly signed")

    def test_a_witness_is_believed_when_its_key_is_held(self):
        its = Scene()
        text = make.text_of(9, make.mth(its.ledger.leaves[:9]))
        its.evidence["earlier"] = [{"checkpoint": its.ledger.checkpoint(9) + make.WITNESS.line(text, 1763900000), "proof": its.ledger.growth(9)}]
        data = its.pdf()
        self.assertEqual(self.expect("intact", data)["record"]["cosigned_by"], [])
        told = self.expect("intact", data, "--key", make.WITNESS.vkey)
        self.assertEqual(told["record"]["cosigned_by"], ["witness1.example/log"])
        its.evidence["earlier"][0]["checkpoint"] = its.ledger.checkpoint(9) + make.WITNESS.line(text + " ", 1763900000)
        self.expect("altered", its.pdf(), "--key", make.WITNESS.vkey)


class Forger(make.Signer):
    """Signs with its own key in the name of the ledger's."""

    def __init__(self):
        super().__init__(make.ORIGIN, "forger")
        self.id = make.LEDGER.id


def sweep(test, data, chance, count):
    """Flips one bit at places spread over the file, most of them in the seal's revision."""
    places = [at * len(data) // (count // 2) for at in range(count // 2)]
    places += [chance.randrange(len(unsealed(data)), len(data)) for _ in range(count - len(places))]
    for at in places:
        touched = bytearray(data)
        touched[at] ^= 1 << chance.randrange(8)
        told = test.ask(bytes(touched))
        test.assertIn(told["code"], (1, 2), f"byte {at}: {told['says']}")


@unittest.skipUnless(os.environ.get("CORPUS"), "CORPUS names no folder of records")
class Corpus(Asking):
    @classmethod
    def setUpClass(cls):
        files = sorted(Path(os.environ["CORPUS"]).glob("*.pdf"))
        cls.sealed = {file.name: data for file in files if b"/ByteRange" in (data := file.read_bytes())}

    def key_of(self, data):
        return self.ask(data, key=None)["record"]["keys"][0]

    def test_every_sealed_record_is_intact(self):
        self.assertTrue(self.sealed, "the folder holds no sealed record")
        for name, data in self.sealed.items():
            with self.subTest(name):
                key = self.key_of(data)
                told = self.expect("signature unknown", data, key=None)
                signer = next(one for one in told["checks"] if one["check"] == "signer")
                self.expect("intact" if signer["holds"] else "signature unknown", data, key=key)

    def one(self):
        """A record with all that a record can have."""
        asked = [(data, self.ask(data, key=None)) for data in self.sealed.values() if len(data) < 1_000_000]
        rich = [data for data, told in asked if told["record"]["timestamp"] and told["record"]["edition"] == "full"]
        return min(rich or [data for data, _ in asked], key=len)

    def test_no_byte_of_one_can_be_changed(self):
        data = self.one()
        self.expect("altered", data + b"\n", key=self.key_of(data))
        sweep(self, data, random.Random(7), 400)

    def test_one_cannot_be_forged_with_another_seal(self):
        data = self.one()
        key, as_of = self.key_of(data), self.ask(data, key=None)["record"]["as_of"]
        entries = lambda told: told["ledger"]["entries"]

        def swap(told):
            entries(told)[0]["proof"], entries(told)[1]["proof"] = entries(told)[1]["proof"], entries(told)[0]["proof"]

        changes = {
            "another stage": lambda told: told["case"].update(stage="draft" if told["case"]["stage"] != "draft" else "filed"),
            "proofs exchanged": swap,
            "an opening dropped": lambda told: entries(told)[0]["openings"].pop(),
            "an entry dropped": lambda told: entries(told).pop(0),
            "the last entry dropped": lambda told: entries(told).pop(),
            "nothing": lambda told: None,
        }
        for name, change in changes.items():
            with self.subTest(name):
                touched = with_case(data, change) if name != "nothing" else data
                if name != "nothing":
                    self.expect("altered", touched, key=key, says="not those that were sealed")
                resealed = seal(unsealed(touched), Certificate(), as_of)
                self.expect("altered", resealed, key=key)


if __name__ == "__main__":
    unittest.main()
