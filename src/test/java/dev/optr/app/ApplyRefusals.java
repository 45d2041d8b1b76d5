package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.RealGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** What is refused, before a single file is written, whichever of the two programs is asked. */
interface ApplyRefusals extends Applying {
  /**
   * A row that changes {@code a} and adds {@code new}, packed and checked out; gives the digest.
   */
  private String prepared() {
    site().write(".gitignore", "ignored\n");
    site().write("a", "one\n");
    site().freeze();
    site().write("a", "two\n");
    site().write("new", "new\n");
    site().write("ignored", "new\n");
    site().row(ApplySite.ROW);
    String digest = pack();
    site().checkOut(site().frozen());
    return digest;
  }

  private void assertRefused(String digest, String row, String... words) {
    SortedMap<String, String> files = ApplySite.files(site().workspace());
    SortedMap<String, String> repository = site().repository();

    Applied applied = apply(digest, row);

    assertThat(applied.exit()).as(applied.said()).isEqualTo(2);
    assertThat(applied.said()).contains(words);
    assertThat(ApplySite.files(site().workspace())).isEqualTo(files);
    assertThat(site().repository()).isEqualTo(repository);
  }

  @Test
  default void refusesAnotherDigest() {
    prepared();
    assertRefused("0".repeat(64), ApplySite.ROW, "was changed", "0".repeat(64));
  }

  @Test
  default void refusesWhatIsNoDigest() {
    prepared();
    assertRefused("", ApplySite.ROW, "bundle-digest", "needs.propose.outputs.bundle-digest");
    assertRefused("$(touch made)", ApplySite.ROW, "bundle-digest");
  }

  @Test
  default void refusesWhatIsNoRow() {
    String digest = prepared();
    assertRefused(digest, "", "row");
    assertRefused(digest, "../../heads/main", "row");
    assertRefused(digest, "codex+frozen-test", "row");
    assertRefused(digest, "--upload-pack=x", "row");
  }

  @Test
  default void refusesARowThatTheBundleHasNot() {
    assertRefused(prepared(), "claude", "no row 'claude'");
  }

  @Test
  default void refusesAChangedFile() throws IOException {
    String digest = prepared();
    Path file = site().bundle().resolve("rows.bundle");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertRefused(digest, ApplySite.ROW, "was changed");
  }

  @Test
  default void refusesAMissingFile() {
    String digest = prepared();
    ApplySite.delete(site().bundle().resolve("rows.bundle"));
    assertRefused(digest, ApplySite.ROW, "was changed", "rows.bundle");
  }

  @Test
  default void refusesAnotherFileBesides() {
    String digest = prepared();
    ApplySite.write(site().bundle(), "patches/evil.patch", "text");
    assertRefused(digest, ApplySite.ROW, "was changed");
  }

  @Test
  default void refusesAnotherDirectoryBesides() throws IOException {
    String digest = prepared();
    Files.createDirectory(site().bundle().resolve("extra"));
    assertRefused(digest, ApplySite.ROW, "extra");
  }

  @Test
  default void refusesASymbolicLinkInTheBundle() throws IOException {
    String digest = prepared();
    Path file = site().bundle().resolve("rows.bundle");
    Files.move(file, site().author().resolve("elsewhere"));
    Files.createSymbolicLink(file, site().author().resolve("elsewhere"));
    assertRefused(digest, ApplySite.ROW, "rows.bundle");
  }

  @Test
  default void refusesAListThatLeadsOutOfTheBundle() throws IOException {
    prepared();
    Path list = site().bundle().resolve("SHA256SUMS");
    String outside = "0".repeat(64) + "  ../workspace/a\n";
    ApplySite.write(site().bundle(), "SHA256SUMS", outside + Files.readString(list));
    String digest = dev.optr.base.Digest.sha256(Files.readAllBytes(list));
    assertRefused(digest, ApplySite.ROW, "SHA256SUMS");
  }

  @Test
  default void refusesAnotherCommitAndSaysWhichToCheckOut() {
    String digest = prepared();
    RealGit git = site().workspaceGit();
    git.text(
        "-c",
        "user.name=N",
        "-c",
        "user.email=n@o",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "merge");
    String other = git.text("rev-parse", "HEAD").strip();
    assertRefused(digest, ApplySite.ROW, other, "ref: " + site().frozen());
    assertRefused(digest, "head", other, "ref: " + site().frozen());
  }

  @Test
  default void refusesAFileThatWasEdited() {
    String digest = prepared();
    ApplySite.write(site().workspace(), "a", "by hand\n");
    assertRefused(digest, ApplySite.ROW, "'a'");
  }

  @Test
  default void refusesAFileOfNobodyInTheWay() {
    String digest = prepared();
    ApplySite.write(site().workspace(), "new", "mine\n");
    assertRefused(digest, ApplySite.ROW, "'new'");
  }

  @Test
  default void refusesAnIgnoredFileInTheWay() {
    String digest = prepared();
    ApplySite.write(site().workspace(), "ignored", "mine\n");
    assertRefused(digest, ApplySite.ROW, "'ignored'");
  }

  @Test
  default void refusesADirectoryInTheWay() {
    String digest = prepared();
    ApplySite.write(site().workspace(), "new/file", "mine\n");
    assertRefused(digest, ApplySite.ROW, "'new");
  }

  @Test
  default void doesNotWriteThroughALinkThatSomebodyPutThere() throws IOException {
    site().write("directory/a", "one\n");
    site().freeze();
    site().write("directory/a", "two\n");
    site().write("directory/b", "new\n");
    site().row(ApplySite.ROW);
    String digest = pack();
    site().checkOut(site().frozen());
    Path outside = Files.createDirectory(site().author().resolve("outside"));
    ApplySite.delete(site().workspace().resolve("directory/a"));
    ApplySite.delete(site().workspace().resolve("directory"));
    Files.createSymbolicLink(site().workspace().resolve("directory"), outside);

    apply(digest, ApplySite.ROW);

    assertThat(outside).isEmptyDirectory();
  }

  @Test
  default void runsNoHookAndNoMonitor() throws IOException {
    String digest = prepared();
    Path ran = site().author().resolve("ran");
    for (String hook :
        new String[] {"post-checkout", "post-index-change", "reference-transaction"}) {
      ApplySite.write(
              site().workspace(), ".git/hooks/" + hook, "#!/bin/sh\ntouch '%s'\n".formatted(ran))
          .toFile()
          .setExecutable(true);
    }
    Path monitor = site().workspace().resolve(".git/hooks/post-checkout");
    site().workspaceGit().text("config", "core.fsmonitor", monitor.toString());

    assertThat(apply(digest, ApplySite.ROW).exit()).isZero();

    assertThat(ran).doesNotExist();
  }
}
