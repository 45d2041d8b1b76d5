package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.testing.PlayedTimestampAuthority;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * What can be done to bare ledger files, by class, and what has to be said of it. Lines of the
 * golden ledger: 0 genesis, 1 and 2 runs beside each other, 3 a run on both, 4 ci-2 added and ci-1
 * revoked, 5 a run, 6 its execution, 7 its outcome.
 */
final class TamperingTable {
  /** What is known from outside beside the genesis. */
  enum Memory {
    NONE,
    /** The head of the ledger as it was. */
    HEAD,
    /** Its number of entries. */
    SIZE
  }

  /**
   * One tampering.
   *
   * @param files contents of the ledger files afterwards
   * @param codes every E_ that is found, and the W_ that must be among the warnings
   */
  record Case(
      String kind, String done, List<Bytes> files, Memory memory, int exit, List<String> codes) {}

  private static final String GOLDEN = "ledger-full.jsonl";

  private final List<Case> cases = new ArrayList<>();

  private TamperingTable() {}

  static List<Case> cases() {
    TamperingTable table = new TamperingTable();
    table.intact("none", "nothing", _ -> {});
    table.edits();
    table.deletionsAndOrder();
    table.insertions();
    table.cutsAndForks();
    table.replays();
    table.signatures();
    table.keys();
    table.times();
    table.damage();
    return List.copyOf(table.cases);
  }

  private void edits() {
    found(
        "edit",
        "a word of a line",
        ledger -> ledger.edit(1, line -> line.replace("octo-user", "octo-evil")),
        "E_ID");
    found(
        "edit",
        "a digit of an id",
        ledger -> ledger.edit(7, line -> line.replace("\"id\":\"5", "\"id\":\"6")),
        "E_ID");
    found(
        "edit",
        "a line, with its id made to fit",
        ledger -> ledger.rehash(1, TamperingTable::byAnother),
        "E_PARENT_MISSING",
        "E_SIG");
    found(
        "edit",
        "the last line, with its id made to fit",
        ledger -> ledger.rehash(7, TamperingTable::byAnother),
        "E_SIG");
    found(
        "edit",
        "a member that format 1 does not have, signed",
        ledger -> ledger.resign(7, body -> body.with("extra", Json.number(1)), Keys.CI_2),
        "E_PROFILE");
    found(
        "edit",
        "another tree executed than selected, signed",
        ledger ->
            ledger
                .remove(7)
                .resign(6, body -> body.with("tree", Json.text("0".repeat(40))), Keys.CI_2),
        "E_PROFILE");
    found(
        "edit",
        "another height, signed",
        ledger -> ledger.resign(7, body -> body.with("height", Json.number(7)), Keys.CI_2),
        "E_HEIGHT");
  }

  private void deletionsAndOrder() {
    found("delete", "the genesis", ledger -> ledger.remove(0), "E_GENESIS", "E_PARENT_MISSING");
    found("delete", "one of two parents", ledger -> ledger.remove(1), "E_PARENT_MISSING");
    found(
        "delete",
        "a decision that was executed",
        ledger -> ledger.remove(5),
        "E_NO_TRUSTED_SIG",
        "E_PARENT_MISSING",
        "E_PROFILE");
    found(
        "delete",
        "the entry that bounds a revocation",
        ledger -> ledger.remove(3),
        "E_KEY_REVOKED",
        "E_PARENT_MISSING");
    found(
        "delete",
        "a subtree",
        ledger -> ledger.remove(2).remove(1),
        "E_NO_TRUSTED_SIG",
        "E_PARENT_MISSING");
    found("reorder", "a child before its parent", ledger -> ledger.swap(5, 6), "E_ORDER");
    intact("reorder", "two entries that stand beside each other", ledger -> ledger.swap(1, 2));
  }

  private void insertions() {
    found("insert", "by a stranger", ledger -> add(ledger, Keys.EVIL), "E_NO_TRUSTED_SIG");
    found("insert", "without signature", ledger -> add(ledger), "E_NO_TRUSTED_SIG");
    found("insert", "by a root key", ledger -> add(ledger, Keys.ROOT_1), "E_ROLE");
    found("insert", "a line again", ledger -> ledger.add(ledger.line(5)), "E_DUP");
    intact("insert", "by a trusted key: its holder may lie", ledger -> add(ledger, Keys.CI_2));
  }

  private void cutsAndForks() {
    remembered("truncate", "the last line", ledger -> ledger.remove(7));
    remembered("truncate", "the last three lines", TamperingTable::cutThree);
    remembered(
        "fork",
        "one of two entries that a run made, where the other is not known",
        ledger -> cutThree(ledger).add(twin(Forge.golden(GOLDEN), 5)));
    found(
        "fork", "two entries of one run", ledger -> ledger.add(twin(ledger, 5)), "E_EQUIVOCATION");
    found(
        "fork",
        "two executions by one run",
        ledger -> ledger.add(twin(ledger, 6)),
        "E_EQUIVOCATION");
    found(
        "fork", "two outcomes by one run", ledger -> ledger.add(twin(ledger, 7)), "E_EQUIVOCATION");
  }

  private void replays() {
    found(
        "replay",
        "on another repository",
        ledger ->
            ledger.resign(
                7,
                body -> body.with("repo", body.object("repo").with("id", Json.number(1))),
                Keys.CI_2),
        "E_FOREIGN");
    found(
        "replay",
        "on another ledger",
        ledger ->
            ledger.resign(7, body -> body.with("ledger", Json.text("0".repeat(64))), Keys.CI_2),
        "E_FOREIGN");
    found("replay", "in the same file", ledger -> ledger.insert(3, ledger.line(2)), "E_DUP");
    Forge ledger = Forge.golden(GOLDEN);
    String forged = Forge.line(ledger.body(5), List.of(Forge.forged(ledger.body(5), Keys.CI_2)));
    add(
        "replay",
        "in another file: counts once",
        0,
        List.of(ledger.line(5)),
        "W_NO_OUTSIDE_MEMORY");
    add("replay", "in another file, with a forged signature", 4, List.of(forged), "E_SIG");
  }

  private void signatures() {
    found("key swap", "a signature that its key did not make", TamperingTable::forgedOne, "E_SIG");
    found(
        "key swap",
        "a stranger's signature instead",
        ledger -> ledger.resign(7, body -> body, Keys.EVIL),
        "E_NO_TRUSTED_SIG");
    found("key swap", "no signature", ledger -> ledger.resign(7, body -> body), "E_NO_TRUSTED_SIG");
    found(
        "key swap",
        "a bad signature beside the good one",
        ledger -> sign(ledger, ledger.signature(7), Forge.forged(ledger.body(7), Keys.CI_2)),
        "E_SIG");
    found("key swap", "S + L for S", TamperingTable::malleate, "E_SIG");
    found(
        "key swap",
        "the same signature in another base64",
        ledger -> ledger.edit(7, line -> line.replace("AQ==\"}", "AR==\"}")),
        "E_SIG");
    found("key swap", "a signature made for a commit", TamperingTable::signForGit, "E_SIG");
    found(
        "key swap",
        "keys added by a run key",
        ledger -> ledger.resign(4, body -> body, Keys.CI_1),
        "E_NO_TRUSTED_SIG",
        "E_ROLE");
  }

  private void keys() {
    found(
        "new root",
        "a second genesis",
        ledger -> ledger.insert(1, genesis(Keys.EVIL)),
        "E_GENESIS");
    found("new root", "a ledger of its own", TamperingTable::replaceByOwn, "E_GENESIS");
    found("new root", "an unsigned ledger", TamperingTable::replaceByUnsigned, "E_GENESIS");
    found(
        "stolen key",
        "used after its revocation",
        ledger -> ledger.resign(7, body -> body, Keys.CI_1),
        "E_KEY_REVOKED");
    found(
        "stolen key",
        "used after its revocation, dated back",
        ledger -> ledger.add(early(ledger, Keys.CI_1)),
        "E_KEY_REVOKED");
    found(
        "stolen key",
        "used before it was added",
        ledger -> ledger.add(early(ledger, Keys.CI_2)),
        "E_NO_TRUSTED_SIG");
  }

  private void times() {
    found(
        "false time",
        "before a parent's",
        ledger -> time(ledger, "2026-01-05T00:59:59Z"),
        "E_TIME");
    intact("false time", "after the parents'", ledger -> time(ledger, "2031-01-01T00:00:00Z"));
    intact(
        "false time",
        "dated back by a trusted key, no time stamp",
        ledger -> time(ledger, "2026-01-05T01:00:01Z"));
    intact(
        "false time",
        "dated back by a trusted key: the time stamp says when it was there at the latest",
        ledger -> stamp(ledger.resign(7, TamperingTable::datedBack, Keys.CI_2), ledger.id(7)));
    found(
        "false time",
        "the time stamp of another entry",
        ledger -> stamp(ledger, ledger.id(6)),
        "E_SIG");
    found(
        "false time",
        "no time stamp where one is announced",
        ledger -> sign(ledger, ledger.signature(7), stamp(Bytes.utf8("none"))),
        "E_SIG");
  }

  private void damage() {
    found("damage", "marks of a merge", ledger -> ledger.insert(3, "<<<<<<< HEAD"), "E_SYNTAX");
    found(
        "damage", "CR before LF", ledger -> ledger.edit(7, line -> line + "\r"), "E_NOT_CANONICAL");
    found(
        "damage",
        "a byte order mark",
        ledger -> ledger.edit(0, line -> "\uFEFF" + line),
        "E_GENESIS",
        "E_PARENT_MISSING",
        "E_SYNTAX");
    found("damage", "a blank line", ledger -> ledger.insert(3, ""), "E_SYNTAX");
    found(
        "damage",
        "members in another order",
        ledger ->
            ledger.edit(
                7,
                line ->
                    line.replace("\"type\":\"outcome\",\"v\":1", "\"v\":1,\"type\":\"outcome\"")),
        "E_NOT_CANONICAL");
    String text = Forge.golden(GOLDEN).bytes().utf8();
    cases.add(
        new Case(
            "damage",
            "a last line without LF",
            List.of(Bytes.utf8(text.stripTrailing())),
            Memory.NONE,
            4,
            List.of("E_SYNTAX")));
  }

  private void found(String kind, String done, Consumer<Forge> tampering, String... codes) {
    add(kind, done, tampering, Memory.NONE, 4, codes);
  }

  /** Is by design no tampering, or cannot be seen by who remembers nothing; that is said. */
  private void intact(String kind, String done, Consumer<Forge> tampering) {
    add(kind, done, tampering, Memory.NONE, 0, "W_NO_OUTSIDE_MEMORY");
  }

  private void remembered(String kind, String done, Consumer<Forge> tampering) {
    intact(kind, done, tampering);
    add(kind, done, tampering, Memory.HEAD, 4, "E_ROLLBACK");
    add(kind, done, tampering, Memory.SIZE, 4, "E_ROLLBACK");
  }

  private void add(
      String kind,
      String done,
      Consumer<Forge> tampering,
      Memory memory,
      int exit,
      String... codes) {
    Forge ledger = Forge.golden(GOLDEN);
    tampering.accept(ledger);
    cases.add(new Case(kind, done, List.of(ledger.bytes()), memory, exit, List.of(codes)));
  }

  /** With a second file beside the whole ledger. */
  private void add(String kind, String done, int exit, List<String> lines, String... codes) {
    Bytes second = Bytes.utf8(String.join("\n", lines) + "\n");
    List<Bytes> files = List.of(Forge.golden(GOLDEN).bytes(), second);
    cases.add(new Case(kind, done, files, Memory.NONE, exit, List.of(codes)));
  }

  private static JsonObject byAnother(JsonObject body) {
    return body.with("run", body.object("run").with("actor", Json.text("octo-evil")));
  }

  private static void add(Forge ledger, Signer... signers) {
    JsonObject run = Forge.child(ledger.body(5), ledger.body(7), ledger.id(7), 77);
    ledger.add(Forge.line(run, signers));
  }

  private static String early(Forge ledger, Signer signer) {
    return Forge.line(Forge.child(ledger.body(1), ledger.body(1), ledger.id(1), 66), signer);
  }

  private static Forge cutThree(Forge ledger) {
    return ledger.remove(7).remove(6).remove(5);
  }

  /** Says something else of the same act. */
  private static String twin(Forge ledger, int index) {
    Json tool = Json.object().put("name", "optr").put("version", "2.0.0").build();
    return Forge.line(ledger.body(index).with("tool", tool), Keys.CI_2);
  }

  private static void sign(Forge ledger, JsonObject... signatures) {
    JsonObject body = ledger.body(7);
    ledger.edit(7, _ -> Forge.line(body, Arrays.asList(signatures)));
  }

  private static void forgedOne(Forge ledger) {
    sign(ledger, Forge.forged(ledger.body(7), Keys.CI_2));
  }

  private static void malleate(Forge ledger) {
    String good = String.valueOf(ledger.signature(7).text("sig"));
    ledger.edit(7, line -> line.replace(good, Forge.malleated(good)));
  }

  private static void signForGit(Forge ledger) {
    byte[] body = CanonicalJson.bytes(ledger.body(7));
    sign(ledger, Forge.signature(Keys.CI_2.sign(body, SshSignature.GIT)));
  }

  private static String genesis(Signer signer) {
    Json keys = Json.texts(List.of(signer.publicKey().line()));
    JsonObject root = Json.object().put("keys", keys).put("threshold", 1).build();
    JsonObject body = Forge.golden(GOLDEN).body(0).with("root", root).with("signers", keys);
    return Forge.line(body, signer);
  }

  private static void replaceByOwn(Forge ledger) {
    empty(ledger).add(genesis(Keys.EVIL));
  }

  private static void replaceByUnsigned(Forge ledger) {
    Forge unsigned = Forge.golden("unsigned.jsonl");
    empty(ledger).add(unsigned.line(0)).add(unsigned.line(1));
  }

  private static Forge empty(Forge ledger) {
    while (ledger.size() > 0) {
      ledger.remove(0);
    }
    return ledger;
  }

  private static JsonObject datedBack(JsonObject body) {
    return body.with("ts", Json.text("2026-01-05T01:00:01Z"));
  }

  /** A token over an id, by an authority on which nobody has to rely here. */
  private static void stamp(Forge ledger, String id) {
    try (PlayedTimestampAuthority authority =
        PlayedTimestampAuthority.at(Instant.parse("2026-06-01T00:00:00Z"))) {
      byte[] token = authority.token(HexFormat.of().parseHex(id));
      sign(ledger, ledger.signature(7), stamp(Bytes.of(token)));
    }
  }

  private static JsonObject stamp(Bytes token) {
    String base64 = Base64.getEncoder().encodeToString(token.toArray());
    return Json.object().put("alg", "rfc3161").put("token", base64).build();
  }

  private static void time(Forge ledger, String time) {
    ledger.resign(7, body -> body.with("ts", Json.text(time)), Keys.CI_2);
  }
}
