package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What is said with a checkpoint alone, and what is left to the verification of the whole. Lines of
 * the golden ledger: 0 genesis, 1 and 2 runs beside each other, 3 a run on both, 4 ci-2 added and
 * ci-1 revoked, 5 a run, 6 its execution, 7 its outcome.
 */
final class CheckpointTest {
  private static final String TOOL = "1.2.3";

  private final Forge ledger = Forge.golden("ledger-full.jsonl");
  private final LedgerCheckpoint checkpoint = checkpoint(ledger, Golden.pinned()).orElseThrow();
  private final VerifyOptions since = Golden.pinned().since(ledger.id(7));

  @Test
  void knowsALedgerThatIsAsItWas() {
    CheckpointVerifier.Continuation same = verify(since).orElseThrow();

    assertThat(same.added()).isZero();
    assertThat(same.verdict()).isEqualTo(whole(since));
  }

  @Test
  void saysOfRunsUponItWhatTheWholeLedgerSays() {
    ledger.add(run(7, 91)).add(run(8, 92)).add(run(8, 93)).add(execution(9)).add(outcome(9));
    CheckpointVerifier.Continuation continued = verify(since).orElseThrow();

    assertThat(continued.added()).isEqualTo(5);
    assertThat(continued.verdict()).isEqualTo(whole(since));
    assertThat(continued.verdict().size()).isEqualTo(13);
    assertThat(continued.verdict().heads()).hasSize(3);
    assertThat(continued.verdict().warnings())
        .extracting(Finding::code)
        .containsExactly(Code.W_OPEN_HEADS);
    assertThat(continued.verdict().intact().counts()).containsEntry("execution", 2);
  }

  @Test
  void followsEveryPrefixThatTheRestStandsUpon() {
    for (int lines = 1; lines <= ledger.size(); lines++) {
      Forge prefix = Forge.empty();
      IntStream.range(0, lines).forEach(line -> prefix.add(ledger.line(line)));
      LedgerCheckpoint kept = checkpoint(prefix, Golden.pinned()).orElseThrow();
      VerifyOptions options = Golden.pinned().since(ledger.id(lines - 1));
      Optional<CheckpointVerifier.Continuation> continued =
          new CheckpointVerifier(kept).verify(ledger.containers(), options);

      // The whole is looked at where the change of keys is new, or an outcome of an older run.
      assertThat(continued.isPresent()).as("%d lines", lines).isEqualTo(lines >= 5 && lines != 7);
      continued.ifPresent(it -> assertThat(it.verdict()).isEqualTo(whole(options)));
    }
  }

  @Test
  void looksAtTheWholeWhereAnythingIsWrongWithANewLine() {
    String good = run(7, 91);
    JsonObject body = Forge.parse(good).object("body");
    leavesToTheWhole("cut", it -> it.add(good.substring(0, good.length() - 1)));
    leavesToTheWhole("not canonical", it -> it.add(good + " "));
    leavesToTheWhole("an empty line", it -> it.add(""));
    leavesToTheWhole("another id", it -> it.add(good.replace("octo-user", "octo-evil")));
    leavesToTheWhole("no signature", it -> it.add(Forge.line(body)));
    leavesToTheWhole("a stranger's", it -> it.add(Forge.line(body, Keys.EVIL)));
    leavesToTheWhole("a root key's", it -> it.add(Forge.line(body, Keys.ROOT_1)));
    leavesToTheWhole("a revoked key's", it -> it.add(Forge.line(body, Keys.CI_1)));
    leavesToTheWhole(
        "a forged one", it -> it.add(Forge.line(body, List.of(Forge.forged(body, Keys.CI_2)))));
    leavesToTheWhole("two of them", it -> it.add(Forge.line(body, Keys.CI_2, Keys.EVIL)));
    leavesToTheWhole("height", it -> it.add(signed(body.with("height", Json.number(99)))));
    leavesToTheWhole(
        "time", it -> it.add(signed(body.with("ts", Json.text("2020-01-01T00:00:00Z")))));
    leavesToTheWhole(
        "repository",
        it -> it.add(signed(body.with("repo", body.object("repo").with("id", Json.number(5))))));
    leavesToTheWhole("twice", it -> it.add(good).add(good));
    leavesToTheWhole("an old line again", it -> it.add(it.line(7)));
    leavesToTheWhole("an old act again", it -> it.add(signed(actOf(5, body))));
    leavesToTheWhole("a new act twice", it -> it.add(good).add(signed(withTool(body))));
    leavesToTheWhole("upon an older entry", it -> it.add(run(5, 91)));
    leavesToTheWhole(
        "before its parent",
        it -> {
          it.add(good);
          String child = signed(Forge.child(body, body, it.id(8), 92));
          it.remove(8).add(child).add(good);
        });
    leavesToTheWhole("an execution of what is no run", it -> it.add(upon(6, ledger.id(7))));
    leavesToTheWhole("an outcome of what is no run", it -> it.add(upon(7, ledger.id(7))));
    leavesToTheWhole(
        "an execution of another tree",
        it -> {
          it.add(good);
          JsonObject execution = Forge.child(it.body(6), it.body(8), it.id(8), 95);
          it.add(
              signed(
                  execution
                      .with("entry", Json.text(it.id(8)))
                      .with("tree", Json.text("2".repeat(40)))));
        });
    leavesToTheWhole(
        "an execution of a run beside it",
        it -> {
          it.add(good);
          JsonObject beside = Forge.child(it.body(6), it.body(7), it.id(7), 95);
          it.add(signed(beside.with("entry", Json.text(it.id(8)))));
        });
    leavesToTheWhole(
        "a change of keys",
        it ->
            it.add(
                Forge.line(
                    Forge.child(it.body(4), it.body(7), it.id(7), 1).without("run"), Keys.ROOT_1)));
    leavesToTheWhole("another genesis", it -> it.add(Forge.golden("unsigned.jsonl").line(0)));
  }

  @Test
  void looksAtTheWholeWhereAByteOfThePrefixIsAnother() {
    byte[] bytes = ledger.bytes().toArray();
    for (int i = 0; i < bytes.length; i += 7) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertThat(verify(containers(Bytes.of(changed)), since)).as("byte %d", i).isEmpty();
    }
    byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 1);
    assertThat(verify(containers(Bytes.of(cut)), since)).isEmpty();
  }

  @Test
  void looksAtTheWholeWhereLinesAreSwappedOrOfAnotherLedger() {
    assertThat(verify(Forge.golden("ledger-full.jsonl").swap(1, 2).containers(), since)).isEmpty();
    assertThat(verify(Golden.ledger("alt-order.jsonl"), since)).isEmpty();
    assertThat(verify(Golden.ledger("unsigned.jsonl"), since)).isEmpty();
    assertThat(verify(List.of(), since)).isEmpty();
  }

  @Test
  void looksAtTheWholeWhereThereAreOtherContainers() {
    List<Container> more =
        List.of(ledger.containers().getFirst(), new Container(Container.shard(3), Bytes.utf8("")));
    assertThat(verify(more, since)).isEmpty();
  }

  @Test
  void answersNoOtherQuestion() {
    ledger.add(run(7, 91));
    String fresh = ledger.id(8);

    assertThat(verify(since)).isPresent();
    assertThat(verify(since.since(fresh))).isPresent();
    assertThat(verify(since.expecting(fresh, 9))).isPresent();
    assertThat(verify(Golden.pinned())).isEmpty();
    assertThat(verify(since.since(ledger.id(5)))).isEmpty();
    assertThat(verify(since.since("f".repeat(64)))).isEmpty();
    assertThat(verify(since.expecting("f".repeat(64), 0))).isEmpty();
    assertThat(verify(since.expecting(null, 10))).isEmpty();
    assertThat(verify(since.checking(VerifyOptions.Signatures.LINKS))).isEmpty();
    assertThat(verify(since.withPinnedGenesis(null))).isEmpty();
    assertThat(verify(since.withPinnedGenesis("f".repeat(64)))).isEmpty();
  }

  @Test
  void isMadeOfWhatWasVerifiedInFullAlone() {
    assertThat(checkpoint(ledger, since)).isEmpty();
    assertThat(checkpoint(ledger, Golden.pinned().checking(VerifyOptions.Signatures.LINKS)))
        .isEmpty();
    assertThat(checkpoint(Forge.golden("unsigned.jsonl"), VerifyOptions.standard())).isEmpty();
    assertThat(checkpoint(ledger.swap(4, 5), Golden.pinned())).isEmpty();
  }

  @Test
  void isNotMadeWhereAnOutcomeIsAboutAnEntryThatMayStillCome() {
    JsonObject outcome = Forge.child(ledger.body(7), ledger.body(7), ledger.id(7), 91);
    ledger.add(signed(outcome.with("entry", Json.text("d".repeat(64)))));

    assertThat(whole(Golden.pinned()).findings()).isEmpty();
    assertThat(checkpoint(ledger, Golden.pinned())).isEmpty();
  }

  @Test
  void isNotMadeOfALedgerWithTimeStampsWhichAreLookedAtEachTime() {
    JsonObject body = Forge.parse(run(7, 91)).object("body");
    JsonObject stamp = Json.object().put("alg", "rfc3161").put("token", "AAAA").build();
    ledger.add(Forge.line(body, List.of(Forge.signature(body, Keys.CI_2), stamp)));

    assertThat(whole(Golden.pinned()).findings()).isEmpty();
    assertThat(checkpoint(ledger, Golden.pinned())).isEmpty();
    assertThat(verify(since)).isEmpty();
  }

  @Test
  void isNotMadeOfAFileThatChangedMeanwhile() throws java.io.IOException {
    java.nio.file.Path file = java.nio.file.Files.createTempFile("ledger", ".jsonl");
    try {
      java.nio.file.Files.write(file, ledger.bytes().toArray());
      List<Container> onDisk = List.of(new Container(Container.MAIN, Content.OnDisk.of(file)));
      CheckpointMaker maker = new CheckpointMaker(onDisk);
      Verification verification = new LedgerVerifier().verify(onDisk, Golden.pinned());
      byte[] changed = ledger.bytes().toArray();
      changed[changed.length - 20] ^= 1;
      java.nio.file.Files.write(file, changed);

      assertThat(maker.after(verification, Golden.pinned())).isEmpty();
    } finally {
      java.nio.file.Files.delete(file);
    }
  }

  @Test
  void isReadAsItWasWrittenOrNotAtAll() {
    byte[] bytes = checkpoint.bytes(TOOL).toArray();
    assertThat(LedgerCheckpoint.parse(bytes, TOOL).orElseThrow().bytes(TOOL))
        .isEqualTo(Bytes.of(bytes));
    assertThat(LedgerCheckpoint.parse(bytes, "1.2.4")).isEmpty();
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 4;
      assertThat(LedgerCheckpoint.parse(changed, TOOL)).as("byte %d", i).isEmpty();
      assertThat(LedgerCheckpoint.parse(java.util.Arrays.copyOf(bytes, i), TOOL)).isEmpty();
    }
  }

  @Test
  void believesNoCheckpointOfOtherBytes() {
    Forge other = Forge.golden("ledger-full.jsonl").add(run(7, 91));
    LedgerCheckpoint longer = checkpoint(other, Golden.pinned()).orElseThrow();
    ledger.add(run(7, 92));

    assertThat(new CheckpointVerifier(longer).verify(ledger.containers(), since)).isEmpty();
  }

  private void leavesToTheWhole(String what, Consumer<Forge> change) {
    Forge changed = Forge.golden("ledger-full.jsonl");
    change.accept(changed);
    Bytes bytes =
        what.equals("cut") ? Bytes.utf8(changed.bytes().utf8().stripTrailing()) : changed.bytes();
    assertThat(verify(containers(bytes), since)).as(what).isEmpty();
  }

  private Optional<CheckpointVerifier.Continuation> verify(VerifyOptions options) {
    return verify(ledger.containers(), options);
  }

  private Optional<CheckpointVerifier.Continuation> verify(
      List<Container> containers, VerifyOptions options) {
    return new CheckpointVerifier(checkpoint).verify(containers, options);
  }

  private Verdict whole(VerifyOptions options) {
    return new LedgerVerifier().verify(ledger.containers(), options).verdict();
  }

  /** As it is read from where it is kept. */
  private static Optional<LedgerCheckpoint> checkpoint(Forge ledger, VerifyOptions options) {
    List<Container> containers = ledger.containers();
    CheckpointMaker maker = new CheckpointMaker(containers);
    return maker
        .after(new LedgerVerifier().verify(containers, options), options)
        .map(made -> made.bytes(TOOL).toArray())
        .map(bytes -> LedgerCheckpoint.parse(bytes, TOOL).orElseThrow());
  }

  private static List<Container> containers(Bytes bytes) {
    return List.of(new Container(Container.MAIN, bytes));
  }

  private static String signed(JsonObject body) {
    return Forge.line(body, Keys.CI_2);
  }

  /** A run upon a line. */
  private String run(int line, long runId) {
    return signed(Forge.child(ledger.body(5), ledger.body(line), ledger.id(line), runId));
  }

  private String execution(int line) {
    return upon(6, ledger.id(line), line);
  }

  private String outcome(int line) {
    return upon(7, ledger.id(line), line);
  }

  private String upon(int sample, String subject) {
    return upon(sample, subject, 7);
  }

  private String upon(int sample, String subject, int line) {
    JsonObject body =
        Forge.child(ledger.body(sample), ledger.body(line), ledger.id(line), 80 + sample);
    return signed(body.with("entry", Json.text(subject)));
  }

  /** The act of a line in another body. */
  private JsonObject actOf(int line, JsonObject body) {
    return body.with("run", ledger.body(line).object("run"));
  }

  private static JsonObject withTool(JsonObject body) {
    return body.with("tool", Json.object().put("name", "optr").put("version", "2.0.0").build());
  }
}
