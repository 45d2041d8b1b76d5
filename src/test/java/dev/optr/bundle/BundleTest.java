package dev.optr.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Checkpoint;
import dev.optr.base.Disk;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.evidence.Row;
import dev.optr.evidence.WhyNot;
import dev.optr.git.Edit;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.ledger.RepositoryId;
import dev.optr.testing.RealGit;
import dev.optr.testing.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleTest {
  private static final String POLICY = "0".repeat(64);

  @TempDir private Path directory;
  private SampleBundles samples;

  @BeforeEach
  void open() {
    samples = new SampleBundles(directory);
  }

  @AfterEach
  void close() {
    samples.close();
  }

  @Test
  void holdsTheFilesOfItsFormatAndNoOthers() throws IOException {
    String digest = samples.write("bundle", samples.bundle());

    assertThat(digest).matches("[0-9a-f]{64}");
    assertThat(files(directory.resolve("bundle")))
        .containsExactly(
            "SHA256SUMS",
            "agent-outputs/claude.json",
            "agent-outputs/claude.transcript.jsonl",
            "agent-outputs/codex.json",
            "agent-outputs/codex.transcript.jsonl",
            "agent-outputs/copilot.json",
            "agent-outputs/copilot.transcript.jsonl",
            "agent-outputs/mscopilot.json",
            "agent-outputs/mscopilot.transcript.jsonl",
            "bundle.json",
            "head.json",
            "intent.json",
            "patches/claude.patch",
            "patches/codex+frozen-tests.patch",
            "patches/codex.patch",
            "rows.bundle",
            "workflow-optr.yaml");
    for (String file : files(directory.resolve("bundle"))) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve("bundle").resolve(file))))
          .isEqualTo("rw-r--r--");
    }
  }

  @Test
  void hasDocumentsThatAreValidAgainstTheSchemas() throws IOException {
    for (Bundle bundle : List.of(samples.bundle(), samples.headAlone())) {
      String digest = samples.write("bundle", bundle);
      assertThat(digest).hasSize(64);
      Path root = directory.resolve("bundle");
      Schemas.assertValid("bundle", Files.readString(root.resolve("bundle.json")));
      Schemas.assertValid("intent", Files.readString(root.resolve("intent.json")));
      for (String lane : bundle.header().lanes()) {
        Schemas.assertValid(
            "agent-output", Files.readString(root.resolve("agent-outputs/" + lane + ".json")));
      }
    }
  }

  @Test
  void isReadAsItWasWritten() {
    Bundle written = samples.bundle();

    Bundle read = samples.read("bundle", samples.write("bundle", written));

    assertThat(read.header()).isEqualTo(written.header());
    assertThat(read.head()).isEqualTo(written.head());
    assertThat(read.intent()).isEqualTo(written.intent());
    assertThat(read.lanes()).hasSize(4);
    for (int i = 0; i < 4; i++) {
      Examined before = written.lanes().get(i);
      Examined after = read.lanes().get(i);
      assertThat(after.checks()).isEqualTo(before.checks());
      assertThat(after.candidate().tree()).isEqualTo(before.candidate().tree());
      assertThat(after.candidate().changes()).isEqualTo(before.candidate().changes());
      assertThat(after.candidate().diff()).isEqualTo(before.candidate().diff());
      assertThat(after.candidate().answer().exchange())
          .isEqualTo(before.candidate().answer().exchange());
    }
    assertThat(read.row("codex+frozen-tests")).isPresent();
    assertThat(read.matrix().jobs()).hasSize(8);
  }

  @Test
  void hasTheSameBytesWhereverItIsWritten() {
    Path elsewhere = directory.resolve("elsewhere");
    String digest = samples.write("bundle", samples.bundle());

    try (SampleBundles other = new SampleBundles(elsewhere)) {
      assertThat(other.write("bundle", other.bundle())).isEqualTo(digest);
    }
    assertThat(samples.write("again", samples.read("bundle", digest))).isEqualTo(digest);
  }

  @Test
  void isReadInAShallowCloneWhichItLeavesAlone() throws IOException {
    String digest = samples.write("bundle", samples.bundle());
    Path clone = directory.resolve("clone");
    RealGit.in(directory)
        .text("clone", "-q", "--depth=1", "file://" + samples.repositoryDirectory(), "clone");
    List<String> before = files(clone);

    try (GitRepository repository = GitRepository.open(clone, Checkpoint.NONE);
        TreeStore trees = TreeStore.open(repository, directory.resolve("other"))) {
      Bundle read =
          new BundleReader(Optional.empty())
              .read(directory.resolve("bundle"), digest, repository, trees);

      String tree = read.row("codex+frozen-tests").orElseThrow().tree();
      try (var written = trees.materialize(tree)) {
        assertThat(written.path().resolve("src/login.txt")).hasContent("third");
        assertThat(written.path().resolve("src/test/login_test.txt")).hasContent("expects first");
        assertThat(Files.isExecutable(written.path().resolve("src/new dir/ümlaut.txt"))).isTrue();
      }
    }
    assertThat(files(clone)).isEqualTo(before);
  }

  @Test
  void canBeOfTheFrozenCommitAlone() throws IOException {
    Bundle written = samples.headAlone();

    Bundle read = samples.read("bundle", samples.write("bundle", written));

    assertThat(read).isEqualTo(written);
    assertThat(files(directory.resolve("bundle")))
        .containsExactly(
            "SHA256SUMS", "bundle.json", "head.json", "intent.json", "workflow-optr.yaml");
    assertThat(read.matrix().jobs())
        .extracting(Matrix.Job::name)
        .containsExactly(
            "optr-verify (head, tests, ubuntu-24.04)",
            "optr-verify (head, tests, macos-15)",
            "optr-verify (head, lint, ubuntu-24.04)",
            "optr-verify (head, lint, macos-15)");
  }

  @Test
  void keepsTheDigestOfTranscriptsThatAreNotStored() throws IOException {
    String yaml = "transcripts: digest\n" + SampleBundles.YAML;
    try (SampleBundles quiet = new SampleBundles(directory.resolve("quiet"), yaml)) {
      String digest = quiet.write("bundle", quiet.bundle());
      Bundle read = quiet.read("bundle", digest);

      assertThat(files(directory.resolve("quiet/bundle")))
          .noneMatch(file -> file.endsWith(".jsonl"));
      assertThat(read.proposals().transcriptDigests().keySet())
          .containsExactlyInAnyOrder("claude", "codex", "copilot", "mscopilot");
      assertThat(quiet.write("again", read)).isEqualTo(digest);
    }
  }

  @Test
  void replacesABundleAndNothingElse() throws IOException {
    String large = samples.write("bundle", samples.bundle());
    String small = samples.write("bundle", samples.headAlone());

    assertThat(small).isNotEqualTo(large);
    assertThat(directory.resolve("bundle/patches")).doesNotExist();
    assertThat(samples.read("bundle", small).lanes()).isEmpty();

    Path mine = Files.createDirectories(directory.resolve("mine"));
    Files.writeString(mine.resolve("thesis.txt"), "mine");
    assertThatThrownBy(() -> samples.write("mine", samples.bundle()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not empty and is no bundle");
    assertThat(mine.resolve("thesis.txt")).hasContent("mine");

    Path head = Files.createDirectories(directory.resolve("head"));
    Files.writeString(head.resolve("intent.json"), "mine too");
    assertThatThrownBy(() -> samples.write("head", samples.bundle()))
        .hasMessageContaining("is not empty and is no bundle");
    assertThat(head.resolve("intent.json")).hasContent("mine too");
  }

  @Test
  void writesThroughNoSymbolicLink() throws IOException {
    Path target = Files.createDirectories(directory.resolve("target"));
    Path bundle = Files.createDirectories(directory.resolve("bundle"));
    Files.writeString(bundle.resolve("bundle.json"), "{}");
    Files.createSymbolicLink(bundle.resolve("agent-outputs"), target);

    assertThatThrownBy(() -> samples.write("bundle", samples.bundle()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'agent-outputs': no bundle has it; a symbolic link");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void canBeWrittenAgainWhereAWriterDidNotEnd() throws IOException {
    Path bundle = directory.resolve("bundle");
    String digest = samples.write("bundle", samples.bundle());
    Files.delete(bundle.resolve("SHA256SUMS"));
    Files.writeString(bundle.resolve(".SHA256SUMS123.tmp"), "half");

    assertThatThrownBy(() -> samples.read("bundle", digest))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("SHA256SUMS: there is no such file");
    assertThat(samples.write("bundle", samples.bundle())).isEqualTo(digest);
    assertThat(samples.read("bundle", digest).lanes()).hasSize(4);
  }

  @Test
  void holdsNoCredentialOfOurs() throws IOException {
    Examined loud = samples.claude("My key is " + SampleBundles.KEY);
    Examined leaking =
        samples.examined("codex", "x", new Edit.Create("key.txt", SampleBundles.KEY + "\n", false));
    Examined denied = withSecret(samples.mscopilot());

    String digest =
        samples.write(
            "bundle", withoutRow("mscopilot", samples.bundle(List.of(loud, leaking, denied))));

    for (String file : files(directory.resolve("bundle"))) {
      assertThat(Files.readString(directory.resolve("bundle").resolve(file), ISO_8859_1))
          .as(file)
          .doesNotContain(SampleBundles.KEY);
    }
    Bundle read = samples.read("bundle", digest);
    assertThat(read.lanes().get(1).candidate().withheld()).isEqualTo("no-secrets");
    assertThat(read.lanes().get(2).candidate().changes()).isNull();
    assertThat(read.header().rows()).extracting(Row::name).containsExactly("head", "claude");
  }

  @Test
  void isNotWrittenWithARowOfAWithheldPath() {
    Examined denied = withSecret(samples.claude("x"));

    assertThatThrownBy(() -> samples.write("bundle", samples.bundle(List.of(denied))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'claude' is of a withheld path");
    assertThat(directory.resolve("bundle")).doesNotExist();
  }

  @Test
  void leavesOutAPatchThatTellsACredentialOfTheRepository() throws IOException {
    String yaml = SampleBundles.YAML;
    try (SampleBundles other = new SampleBundles(directory.resolve("other"), yaml)) {
      // Its patch names the old content, which here is what the writer knows as a credential.
      BundleWriter writer =
          new BundleWriter(
              new Disk(Checkpoint.NONE),
              other.trees(),
              new Redactor(List.of(Secret.of("expects first"))),
              Optional.empty());
      Bundle bundle =
          other.bundle(
              List.of(other.examined("claude", "x", new Edit.Delete("src/test/login_test.txt"))));

      String digest = writer.write(directory.resolve("other/bundle"), bundle);

      assertThat(directory.resolve("other/bundle/patches")).doesNotExist();
      assertThat(other.read("bundle", digest).header()).isEqualTo(bundle.header());
    }
  }

  @Test
  void takesHostileTextAsText() {
    String hostile = "\"\\\u202e\u0000\ud800</script>\n::error::${{ x }}\u2028";

    Bundle read =
        samples.read(
            "bundle",
            samples.write(
                "bundle", samples.bundle(List.of(samples.claude(hostile), samples.mscopilot()))));

    assertThat(read.lanes()).hasSize(2);
  }

  @Test
  void saysOfWhatElseItIs() {
    BundleHeader header = samples.bundle().header();
    String commit = samples.frozen().commit();
    RepositoryId other = new RepositoryId("github.com", 1, "octo/other");

    assertThat(
            header.mismatches(
                SampleBundles.REPOSITORY, 7L, 123_456L, commit, header.policy(), header.input()))
        .isEmpty();
    assertThat(samples.bundle().mismatches(other, null, 1L, "b".repeat(40), POLICY, POLICY))
        .containsExactly(
            "the bundle is of another repository: 'octo/login' (github.com, id 4711), not"
                + " 'octo/other' (github.com, id 1)",
            "the bundle is of pull request 7, not of no pull request",
            "the bundle is of another run: 123456, not 1",
            "the bundle is of another frozen commit: " + commit + ", not " + "b".repeat(40),
            "the bundle is of another policy: " + header.policy() + ", not " + POLICY,
            "the bundle is of another intent: " + header.input() + ", not " + POLICY);
    // A repository may have been renamed meanwhile.
    assertThat(
            header.mismatches(
                new RepositoryId("github.com", 4711, "octo/renamed"),
                7L,
                123_456L,
                commit,
                header.policy(),
                header.input()))
        .isEmpty();
  }

  private static Bundle withoutRow(String name, Bundle bundle) {
    return Bundle.of(
        bundle.header().origin(),
        bundle.proposals(),
        true,
        List.of(),
        bundle.header().rows().stream()
            .filter(row -> !row.name().equals(name))
            .filter(row -> !row.name().startsWith("codex"))
            .map(
                row ->
                    new Row(
                        row.name(),
                        row.tree(),
                        row.agents().stream().filter(agent -> !agent.equals(name)).toList()))
            .toList());
  }

  private static Examined withSecret(Examined examined) {
    List<Check> checks = new ArrayList<>(examined.checks());
    checks.set(
        2, new Check("no-secrets", Check.Result.BROKEN, List.of("key"), 1, null, null, false));
    WhyNot why = new WhyNot(WhyNot.Code.INVARIANT_VIOLATION, "no-secrets", "key", "");
    return new Examined(examined.candidate(), checks, List.of(why));
  }

  static List<String> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return List.copyOf(
          new TreeSet<>(
              all.filter(path -> !Files.isDirectory(path))
                  .map(path -> root.relativize(path).toString())
                  .toList()));
    }
  }
}
