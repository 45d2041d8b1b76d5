package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one line may look like, and nothing else. */
final class LineFormTest {
  private static final String TREE = "0".repeat(40);
  private final LedgerVerifier verifier = new LedgerVerifier();
  private final Forge ledger = Forge.golden("ledger-full.jsonl");

  @Test
  void refusesCarriageReturns() {
    ledger.edit(7, line -> line + "\r");

    assertThat(codes()).containsExactly(Code.E_NOT_CANONICAL);
  }

  @Test
  void refusesAByteOrderMark() {
    ledger.edit(7, line -> "\uFEFF" + line);

    assertThat(codes()).containsExactly(Code.E_SYNTAX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "<<<<<<< HEAD", "=======", "{", "[]]", "{\"a\":1,\"a\":1}", "nul"})
  void refusesLinesThatAreNoJson(String line) {
    ledger.add(line);

    assertThat(codes()).containsExactly(Code.E_SYNTAX);
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    byte[] bytes = ledger.bytes().toArray();
    bytes[bytes.length - 10] = (byte) 0xff;

    assertThat(codes(Bytes.of(bytes))).containsExactly(Code.E_SYNTAX);
  }

  @Test
  void refusesALastLineWithoutLf() {
    String text = ledger.bytes().utf8();

    assertThat(codes(Bytes.utf8(text.substring(0, text.length() - 1))))
        .containsExactly(Code.E_SYNTAX);
  }

  @Test
  void refusesLinesOver64KibAndNestingOverEight() {
    ledger.add("\"" + "a".repeat(64 * 1024) + "\"").add("[".repeat(9) + "]".repeat(9));

    assertThat(codes()).containsExactly(Code.E_SYNTAX, Code.E_SYNTAX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "9007199254740992", "1e999999999", "-9007199254740993"})
  void refusesNumbersThatAreNoSmallIntegers(String number) {
    ledger.edit(7, line -> line.replace("\"height\":6", "\"height\":" + number));

    assertThat(codes()).containsExactly(Code.E_PROFILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.0", "6e0", "60e-1", " 6"})
  void refusesOtherSpellingsOfANumber(String number) {
    ledger.edit(7, line -> line.replace("\"height\":6", "\"height\":" + number));

    assertThat(codes()).containsExactly(Code.E_NOT_CANONICAL);
  }

  @Test
  void refusesMembersInAnotherOrderAndNeedlessEscapes() {
    ledger
        .edit(6, line -> line.replace("octo-user", "octo\\u002duser"))
        .edit(
            7,
            line ->
                line.replace(
                    "\"attempt\":1,\"event\":\"issue_comment\"",
                    "\"event\":\"issue_comment\",\"attempt\":1"));

    assertThat(codes()).containsExactly(Code.E_NOT_CANONICAL, Code.E_NOT_CANONICAL);
  }

  @Test
  void refusesLoneSurrogatesAndStrangeNames() {
    ledger
        .edit(6, line -> line.replace("octo-user", "octo\\ud800"))
        .edit(7, line -> line.replace("\"actor\"", "\"Actor\""));

    assertThat(codes()).containsExactly(Code.E_PROFILE, Code.E_PROFILE);
  }

  @Test
  void cutsFloodsOfLinesThatAreNoJsonAndNothingElse() {
    for (int i = 0; i < 1500; i++) {
      ledger.insert(0, "<<<<<<< HEAD");
    }
    ledger.add(ledger.line(1507));

    assertThat(codes().stream().filter(code -> code == Code.E_SYNTAX)).hasSize(1000);
    assertThat(codes()).contains(Code.E_DUP);
  }

  @Test
  void refusesBodiesWithOtherMembersOrValues() {
    List<UnaryOperator<JsonObject>> changes =
        List.of(
            body -> body.with("extra", Json.number(1)),
            body -> body.without("tool"),
            body -> body.with("v", Json.number(2)),
            body -> body.with("type", Json.text("note")),
            body -> body.with("ts", Json.text("2026-02-30T00:00:00Z")),
            body -> body.with("ts", Json.text("2026-02-03T24:00:00Z")),
            body -> body.with("ts", Json.text("2026-02-03T00:00:00+00:00")),
            body -> body.with("parents", Json.array(List.of())),
            body -> body.with("parents", Json.texts(List.of("f".repeat(64), "a".repeat(64)))),
            body -> body.with("height", Json.text("4")),
            body -> body.with("pr", body.object("pr").with("number", Json.number(0))),
            body -> body.with("run", body.object("run").with("id", Json.number(0))),
            body -> body.with("run", body.object("run").with("actor", Json.text(""))),
            body -> body.with("repo", body.object("repo").without("name")));
    changes.forEach(change -> assertThat(afterChanging(5, change)).containsExactly(Code.E_PROFILE));
  }

  @Test
  void refusesDecisionsThatContradictThemselves() {
    JsonObject decision = ledger.body(5).object("decision");
    List<JsonObject> contradictions =
        List.of(
            decision.with("outcome", Json.text("none_admissible")),
            decision.with("outcome", Json.text("lucky")),
            decision.with("selected", Json.NULL),
            decision.with("tree", Json.NULL),
            decision.with("selected", Json.NULL).with("tree", Json.NULL),
            decision.with("selected", Json.text("codex")),
            decision.with("selected", Json.text("nobody")),
            decision.with("tree", Json.text(TREE)),
            decision.with("lanes", lanes(lane("b", "failed", null), lane("a", "failed", null))),
            decision.with("lanes", lanes(lane("a", "failed", TREE))),
            decision.with("lanes", lanes(lane("a", "gone", null))));
    for (JsonObject contradiction : contradictions) {
      assertThat(afterChanging(5, body -> body.with("decision", contradiction)))
          .as("%s", contradiction)
          .containsExactly(Code.E_PROFILE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../a", "a/../b", "a//b", "./a", "a/", ""})
  void refusesPathsThatLeaveTheRepository(String path) {
    assertThat(afterChanging(5, body -> body.with("outputs", files(file(path, "100644")))))
        .containsExactly(Code.E_PROFILE);
  }

  @Test
  void refusesLinksAndUnsortedOrRepeatedFiles() {
    for (Json files :
        List.of(
            files(file("a", "120000")),
            files(file("b", "100644"), file("a", "100644")),
            files(file("a", "100644"), file("a", "100644")))) {
      assertThat(afterChanging(5, body -> body.with("outputs", files)))
          .containsExactly(Code.E_PROFILE);
    }
  }

  @Test
  void sortsPathsByBytesAndNotByUtf16() {
    // U+FF01 goes before U+1F600 in UTF-8 and behind it in UTF-16.
    Json files = files(file("\uFF01", "100644"), file("\uD83D\uDE00", "100755"));

    assertThat(afterChanging(5, body -> body.with("outputs", files))).isEmpty();
  }

  @Test
  void refusesKeysThatAreNotSound() {
    String neutral = "01" + "00".repeat(31);
    String notCanonical = "ee" + "ff".repeat(30) + "7f";
    String good = Keys.EVIL.publicKey().line();
    List<String> lines =
        new ArrayList<>(
            List.of(good + " comment", good + "=", good.substring(0, 40), "ssh-rsa AAAA", ""));
    for (String point : List.of(neutral, notCanonical)) {
      byte[] blob =
          new SshWire.Writer().string("ssh-ed25519").string(HexFormat.of().parseHex(point)).bytes();
      lines.add("ssh-ed25519 " + Base64.getEncoder().encodeToString(blob));
    }
    for (String line : lines) {
      assertThat(SshPublicKey.parse(line)).as(line).isEmpty();
      Forge forge = Forge.golden("ledger-full.jsonl");
      forge.resign(4, body -> body.with("add", Json.texts(List.of(line))), Keys.ROOT_1);
      assertThat(codes(forge.bytes())).as(line).contains(Code.E_PROFILE);
    }
  }

  @Test
  void refusesAGenesisWhoseThresholdCannotHold() {
    JsonObject root = ledger.body(0).object("root");
    for (JsonObject bad :
        List.of(
            root.with("threshold", Json.number(3)),
            root.with("threshold", Json.number(0)),
            root.with("keys", Json.array(List.of())))) {
      Forge forge = Forge.empty();
      forge.add(Forge.line(ledger.body(0).with("root", bad), Keys.ROOT_1));
      assertThat(codes(forge.bytes())).containsExactly(Code.E_PROFILE, Code.E_GENESIS);
    }
  }

  @Test
  void demandsAsManyRootKeysAsTheThreshold() {
    JsonObject root = ledger.body(0).object("root").with("threshold", Json.number(2));
    JsonObject genesis = ledger.body(0).with("root", root);
    Forge both = Forge.empty().add(Forge.line(genesis, Keys.ROOT_1, Keys.ROOT_2));
    Forge one = Forge.empty().add(Forge.line(genesis, Keys.ROOT_1));
    Forge twice = Forge.empty().add(Forge.line(genesis, Keys.ROOT_1, Keys.ROOT_1));
    VerifyOptions options = VerifyOptions.standard().withPinnedGenesis(both.id(0));

    assertThat(verifier.verify(both.containers(), options).findings()).isEmpty();
    for (Forge tooFew : List.of(one, twice)) {
      assertThat(verifier.verify(tooFew.containers(), options).findings())
          .extracting(Finding::code)
          .containsExactly(Code.E_NO_TRUSTED_SIG);
    }
  }

  private List<Code> afterChanging(int line, UnaryOperator<JsonObject> change) {
    Forge forge = Forge.golden("ledger.jsonl");
    return codes(forge.resign(line, change, Keys.CI_2).bytes());
  }

  private static Json lane(String agent, String outcome, @Nullable String tree) {
    return Json.object().put("agent", agent).put("outcome", outcome).put("tree", tree).build();
  }

  private static Json lanes(Json... lanes) {
    return Json.array(List.of(lanes));
  }

  private static Json file(String path, String mode) {
    return Json.object()
        .put("path", path)
        .put("mode", mode)
        .put("sha256", "0".repeat(64))
        .put("size", 1)
        .build();
  }

  private static Json files(Json... files) {
    return Json.array(List.of(files));
  }

  private List<Code> codes() {
    return codes(ledger.bytes());
  }

  private List<Code> codes(Bytes bytes) {
    Verification verification =
        verifier.verify(List.of(new Container(Container.MAIN, bytes)), Golden.pinned());
    return verification.findings().stream().map(Finding::code).toList();
  }
}
