package dev.optr.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.base.Bytes;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.UserException;
import dev.optr.evidence.JobRun;
import dev.optr.evidence.JobRun.Conclusion;
import dev.optr.evidence.JobsTold;
import dev.optr.evidence.Row;
import dev.optr.ledger.SshPublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence files that the real ssh-keygen signs. */
final class EvidenceFileTest {
  private static final String BUNDLE = "b".repeat(64);
  private static final Row HEAD = new Row("head", "a".repeat(40), List.of());
  private static final Row CODEX = new Row("codex", "c".repeat(40), List.of("codex"));
  private static final List<ExpectedJob> EXPECTED =
      List.of(
          new ExpectedJob("1", HEAD, null, List.of("tests", "lint")),
          new ExpectedJob("2", CODEX, null, List.of("tests", "lint")));
  private static final JsonObject LINE =
      Json.object()
          .put("v", 1)
          .put("bundle", BUNDLE)
          .put("row", "codex")
          .put("invariant", "tests")
          .put("image", Json.NULL)
          .put("attempt", 1)
          .put("conclusion", "success")
          .put("startedAt", "2026-11-22T10:00:00Z")
          .put("completedAt", "2026-11-22T11:01:00.5+01:00")
          .put("runner", "jenkins 4")
          .put("page", "https://jenkins.example/job/4")
          .build();

  @TempDir Path directory;
  private SshPublicKey key;

  @BeforeEach
  void makeOwnKey() throws Exception {
    key = makeKey("key");
  }

  @Test
  void readsWhatSshKeygenSigned() throws Exception {
    JsonObject skipped =
        LINE.with("row", Json.text("head"))
            .with("conclusion", Json.text("skipped"))
            .with("startedAt", Json.NULL)
            .with("completedAt", Json.NULL)
            .with("page", Json.NULL)
            .with("runner", Json.text(""));
    JobsTold told = read(LINE, skipped);
    assertThat(told.rows()).containsExactly(HEAD, CODEX);
    assertThat(told.problems()).isEmpty();
    assertThat(told.runs())
        .containsExactly(
            new JobRun(
                "codex",
                "tests",
                null,
                1,
                Conclusion.SUCCESS,
                Instant.parse("2026-11-22T10:00:00Z"),
                Instant.parse("2026-11-22T10:01:00.5Z"),
                "jenkins 4",
                "https://jenkins.example/job/4",
                null),
            new JobRun("head", "tests", null, 1, Conclusion.SKIPPED, null, null, "", null, null));
  }

  @Test
  void readsAFileWithoutALineFeedAtItsEndAndOneWithoutLines() throws Exception {
    assertThat(read(CanonicalJson.text(LINE)).runs()).hasSize(1);
    assertThat(read("").runs()).isEmpty();
  }

  @Test
  void refusesAFileThatWasChangedAfterItWasSigned() throws Exception {
    String signature = sign("key", EvidenceFile.NAMESPACE, text(LINE));
    String changed = text(LINE.with("conclusion", Json.text("failure")));
    assertRefused(
        () -> EvidenceFile.read("e.jsonl", Bytes.utf8(changed), signature, key, BUNDLE, EXPECTED),
        "e.jsonl.sig: does not fit the file, which was changed after it was signed; sign it with"
            + " 'ssh-keygen -Y sign -n optr-evidence -f KEY e.jsonl'");
  }

  @Test
  void refusesSignaturesOfOthersAndForOtherThings() throws Exception {
    SshPublicKey other = makeKey("other");
    String text = text(LINE);
    assertThatThrownBy(() -> read(text, sign("other", EvidenceFile.NAMESPACE, text)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "e.jsonl.sig: is by the key "
                + other.fingerprint()
                + ", expected "
                + key.fingerprint());
    assertThatThrownBy(() -> read(text, sign("key", "optr-bundle", text)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("e.jsonl.sig: is for another namespace than 'optr-evidence'");
    assertThatThrownBy(() -> read(text, "nothing"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("e.jsonl.sig: is no SSH signature made with an Ed25519 key");
  }

  @Test
  void refusesResultsOfAnotherBundle() {
    assertRefused(
        () -> read(LINE, LINE.with("bundle", Json.text("e".repeat(64)))),
        "e.jsonl:2: 'bundle' is '"
            + "e".repeat(64)
            + "'; expected '"
            + BUNDLE
            + "', the digest of the bundle that is selected from");
  }

  @Test
  void refusesWhatWasNotToRun() {
    assertRefused(
        () ->
            read(
                LINE.with("row", Json.text("claude")),
                LINE.with("invariant", Json.text("../x")),
                LINE.with("image", Json.text("x64"))),
        "e.jsonl:1: 'row' is 'claude'; expected one of [head, codex]",
        "e.jsonl:2: 'invariant' is '../x'; expected one of [tests, lint]",
        "e.jsonl:3: 'image' is 'x64'; expected null, since no image was named");
  }

  @Test
  void wantsTheImageThatWasToRun() throws Exception {
    List<ExpectedJob> onImages =
        List.of(
            new ExpectedJob("1", CODEX, "x64", List.of("tests")),
            new ExpectedJob("2", CODEX, "arm64", List.of("tests")));
    String text = text(LINE, LINE.with("image", Json.text("arm64")));
    String signature = sign("key", EvidenceFile.NAMESPACE, text);
    assertRefused(
        () -> EvidenceFile.read("e.jsonl", Bytes.utf8(text), signature, key, BUNDLE, onImages),
        "e.jsonl:1: 'image' is no such; expected one of [x64, arm64]");
  }

  @Test
  void refusesTheSameTwice() {
    assertRefused(
        () -> read(LINE, LINE.with("attempt", Json.number(2)), LINE),
        "e.jsonl:3: is about the same row, invariant, image and attempt as line 1; write each"
            + " once");
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    String bad =
        """
        nonsense
        []

        {"v":2,"bundle":1,"row":"codex","invariant":"tests","image":7,"attempt":0,"conclusion":"green","startedAt":"now","completedAt":null,"runner":"\\u001b[1m","page":"javascript:x","extra":1}
        {"v":1}
        """;
    assertThatThrownBy(() -> read(bad))
        .isInstanceOfSatisfying(
            UserException.class,
            refused ->
                assertThat(refused.messages())
                    .anyMatch(it -> it.startsWith("e.jsonl:1: is no JSON ("))
                    .contains("e.jsonl:2: is no JSON object; write one per line")
                    .anyMatch(it -> it.startsWith("e.jsonl:3: is no JSON ("))
                    .contains(
                        "e.jsonl:4: 'extra' is unknown; a line has v, bundle, row, invariant,"
                            + " image, attempt, conclusion, startedAt, completedAt, runner, page",
                        "e.jsonl:4: 'v' is no such; expected 1, the version of this format",
                        "e.jsonl:4: 'image' is no such; expected a text",
                        "e.jsonl:4: 'attempt' is no such; expected a whole number from 1 to 1000",
                        "e.jsonl:4: 'conclusion' is 'green'; expected one of [cancelled, failure,"
                            + " skipped, success, timed_out]",
                        "e.jsonl:4: 'startedAt' is 'now'; expected a time of RFC 3339 such as"
                            + " 2026-11-22T10:00:00Z, or null",
                        "e.jsonl:4: 'runner' is '?[1m'; expected the machine's name, at most 200"
                            + " printable ASCII characters",
                        "e.jsonl:4: 'page' is 'javascript:x'; expected an address 'https://...',"
                            + " or null",
                        "e.jsonl:5: 'bundle' is missing; write it",
                        "e.jsonl:5: 'page' is missing; write it"));
  }

  @Test
  void wantsTimesOfWhatRan() {
    assertRefused(
        () ->
            read(
                LINE.with("startedAt", Json.NULL),
                LINE.with("completedAt", Json.text("2026-11-22T09:59:59Z"))),
        "e.jsonl:1: 'startedAt' is no such; expected a time, since it ran",
        "e.jsonl:2: 'completedAt' is '2026-11-22T09:59:59Z'; expected a time not before"
            + " 'startedAt'");
  }

  @Test
  void saysTheFirstFiftyProblems() {
    JsonObject[] many =
        Stream.generate(() -> LINE.with("v", Json.number(2))).limit(60).toArray(JsonObject[]::new);
    assertThatThrownBy(() -> read(many))
        .isInstanceOfSatisfying(
            UserException.class,
            refused -> assertThat(refused.messages()).hasSize(51).endsWith("e.jsonl: and 10 more"));
  }

  @Test
  void readsNoFileThatIsTooLarge() {
    Bytes large = Bytes.of(new byte[EvidenceFile.LARGEST + 1]);
    assertThatThrownBy(() -> EvidenceFile.read("e.jsonl", large, "", key, BUNDLE, EXPECTED))
        .hasMessageContaining("at most 8388608 are read");
  }

  private static void assertRefused(ThrowingCallable reading, String... messages) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            UserException.class,
            refused -> assertThat(refused.messages()).containsExactly(messages));
  }

  private JobsTold read(JsonObject... lines) throws Exception {
    return read(text(lines));
  }

  private JobsTold read(String text) throws Exception {
    return read(text, sign("key", EvidenceFile.NAMESPACE, text));
  }

  private JobsTold read(String text, String signature) {
    return EvidenceFile.read("e.jsonl", Bytes.utf8(text), signature, key, BUNDLE, EXPECTED);
  }

  private static String text(JsonObject... lines) {
    return Arrays.stream(lines)
        .map(line -> CanonicalJson.text(line) + "\n")
        .collect(Collectors.joining());
  }

  private SshPublicKey makeKey(String name) throws Exception {
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file(name));
    String line = Files.readString(directory.resolve(name + ".pub")).strip();
    return SshPublicKey.parse(line).orElseThrow();
  }

  private String sign(String keyName, String namespace, String text)
      throws IOException, InterruptedException {
    Path evidence = directory.resolve("evidence");
    Files.writeString(evidence, text);
    Files.deleteIfExists(directory.resolve("evidence.sig"));
    run(
        "ssh-keygen",
        "-q",
        "-Y",
        "sign",
        "-n",
        namespace,
        "-f",
        file(keyName),
        evidence.toString());
    return Files.readString(directory.resolve("evidence.sig"));
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "ssh-keygen"))),
        "no ssh-keygen on this machine");
    int exit =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    assertThat(exit).isZero();
  }
}
