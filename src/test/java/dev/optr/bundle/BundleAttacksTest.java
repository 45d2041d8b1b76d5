package dev.optr.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Digest;
import dev.optr.base.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to a bundle on its way, where its digest is known. */
final class BundleAttacksTest {
  @TempDir private Path directory;

  private SampleBundles samples;

  private Path bundle;

  private String digest;

  @BeforeEach
  void write() {
    samples = new SampleBundles(directory);
    bundle = directory.resolve("bundle");
    digest = samples.write("bundle", samples.bundle());
  }

  @AfterEach
  void close() {
    samples.close();
  }

  @Test
  void refusesAChangedFile() throws IOException {
    Files.writeString(bundle.resolve("patches/claude.patch"), "x", StandardOpenOption.APPEND);

    assertRefused(digest, "patches/claude.patch: the bundle was changed: the file's digest is");
  }

  @Test
  void refusesAnotherManifest() throws IOException {
    Files.writeString(bundle.resolve("intent.json"), "{}");

    String forged = new Forgery(bundle).seal();

    assertRefused(
        digest,
        "SHA256SUMS: the bundle was changed, or is another: its digest is "
            + forged
            + ", not "
            + digest);
  }

  @Test
  void refusesWhatIsNoDigest() {
    assertRefused("", "bundle-digest: expected 64 hex digits in lower case, found ''");
    assertRefused(digest.toUpperCase(Locale.ROOT), "bundle-digest: expected 64 hex");
    assertRefused(digest + "\n", "bundle-digest: expected 64 hex digits");
  }

  @Test
  void refusesAnAdditionalFile() throws IOException {
    Files.writeString(bundle.resolve("agent-outputs/other.json"), "{}");
    assertRefused(digest, "'agent-outputs/other.json': the bundle was changed: there is no such");
    Files.delete(bundle.resolve("agent-outputs/other.json"));

    Files.writeString(bundle.resolve("na\u202eme\n.txt"), "x");
    assertRefused(digest, "'na\\u{202e}me\\u{a}.txt': the bundle was changed");
  }

  @Test
  void refusesADirectoryThatNoBundleHas() throws IOException {
    Files.createDirectories(bundle.resolve("hooks"));

    assertRefused(digest, "'hooks': no bundle has it; a directory");
  }

  @Test
  void refusesADirectoryInADirectory() throws IOException {
    Files.createDirectories(bundle.resolve("patches/patches"));

    assertRefused(digest, "'patches/patches': no bundle has it; a directory");
  }

  @Test
  void refusesAMissingFile() throws IOException {
    Files.delete(bundle.resolve("agent-outputs/copilot.json"));
    assertRefused(
        digest, "agent-outputs/copilot.json: the bundle was changed: the file is missing");

    Files.delete(bundle.resolve("SHA256SUMS"));
    assertRefused(digest, "SHA256SUMS: there is no such file");
  }

  @Test
  void refusesASymbolicLink() throws IOException {
    Path outside = directory.resolve("outside.json");
    Files.move(bundle.resolve("intent.json"), outside);
    Files.createSymbolicLink(bundle.resolve("intent.json"), outside);

    assertRefused(digest, "'intent.json': no bundle has it; a symbolic link");
  }

  @Test
  void refusesADirectoryBehindASymbolicLink() throws IOException {
    Path outside = directory.resolve("outside");
    Files.move(bundle.resolve("patches"), outside);
    Files.createSymbolicLink(bundle.resolve("patches"), outside);

    assertRefused(digest, "'patches': no bundle has it; a symbolic link");
  }

  @Test
  void refusesANamedPipe() throws IOException, InterruptedException {
    Files.delete(bundle.resolve("intent.json"));
    int made =
        new ProcessBuilder("mkfifo", bundle.resolve("intent.json").toString()).start().waitFor();
    assertThat(made).isZero();

    assertRefused(digest, "'intent.json': no bundle has it; no regular file");
  }

  @Test
  void refusesAManifestInAnyOtherForm() throws IOException {
    Forgery forgery = new Forgery(bundle);
    String manifest = Files.readString(bundle.resolve("SHA256SUMS"));
    List<String> lines = manifest.lines().toList();
    String zeros = "0".repeat(64);
    String text = lines.getLast();
    assertManifestRefused(forgery, "", "SHA256SUMS:1: expected 64 hex digits");
    assertManifestRefused(forgery, "\n", "SHA256SUMS:1: expected 64 hex digits");
    assertManifestRefused(forgery, manifest + "\n", "SHA256SUMS");
    assertManifestRefused(forgery, manifest.stripTrailing(), "expected one line for each file");
    assertManifestRefused(forgery, manifest.replace("  b", " *b"), "expected 64 hex digits");
    assertManifestRefused(forgery, manifest.replace("\n", "\r\n"), "no file of a bundle is called");
    assertManifestRefused(forgery, manifest + text + "\n", "each is there once");
    assertManifestRefused(forgery, text + "\n" + manifest, "paths are in order");
    for (String path :
        List.of(
            "../intent.json",
            "agent-outputs/../intent.json",
            "/etc/passwd",
            "./intent.json",
            "agent-outputs//x.json",
            "agent-outputs/.json",
            "agent-outputs/X.json",
            "agent-outputs/a\u0000.json",
            "patches/a/b.patch",
            "patches/a+other.patch",
            "SHA256SUMS",
            "\u202e",
            "intent.json ")) {
      assertManifestRefused(forgery, zeros + "  " + path + "\n", "no file of a bundle is called");
    }
    assertManifestRefused(
        forgery, manifest + zeros + "  " + "x".repeat(1000) + "\n", "x".repeat(80) + "...'");
  }

  @Test
  void refusesADirectoryThatIsNotThere() {
    assertThatThrownBy(() -> samples.read("nowhere", digest))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nowhere: there is no such directory");
  }

  @Test
  void showsForeignNamesInOneLineOfPlainText() throws IOException {
    String name = "octo/login";
    String forged =
        new Forgery(bundle)
            .replace("bundle.json", name, "\\n::error::\u202e")
            .replace("bundle.json", "github.com", "\\u0007host")
            .seal();
    BundleHeader header = new BundleReader(Optional.empty()).open(bundle, forged).header();

    List<String> said =
        header.mismatches(
            SampleBundles.REPOSITORY,
            7L,
            123_456L,
            header.frozen().commit(),
            header.policy(),
            header.input());

    assertThat(said)
        .containsExactly(
            "the bundle is of another repository: '\\u{a}::error::\\u{202e}' (\\u{7}host, id 4711),"
                + " not 'octo/login' (github.com, id 4711)");
  }

  @Test
  void refusesWhatIsTooLarge() throws IOException {
    try (var huge =
        Files.newByteChannel(
            bundle.resolve("intent.json"), StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
      huge.position((64L << 20) + 1);
      int written = huge.write(ByteBuffer.wrap(new byte[] {1}));
      assertThat(written).isOne();
    }

    assertRefused(digest, "intent.json: a file of a bundle has at most 67108864 bytes");
  }

  private void assertManifestRefused(Forgery forgery, String manifest, String message)
      throws IOException {
    String sealed = forgery.seal(manifest);
    assertThat(sealed).isEqualTo(Digest.sha256(manifest.getBytes(UTF_8)));
    // What it names need not be there: the form comes first.
    assertRefused(sealed, message);
  }

  private void assertRefused(String expected, String message) {
    assertThatThrownBy(() -> samples.read("bundle", expected))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }
}
