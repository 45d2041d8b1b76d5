package dev.optr.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Checkpoint;
import dev.optr.evidence.Examined;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.ledger.RepositoryId;
import dev.optr.testing.RealGit;
import dev.optr.testing.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    assertThat(
            samples.bundle().header().mismatches(other, null, 1L, "b".repeat(40), POLICY, POLICY))
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
