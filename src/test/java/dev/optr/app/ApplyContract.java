package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What writing a row does, whichever of the two programs does it. Git's own checkout is the
 * measure.
 */
interface ApplyContract extends Applying {
  /** Applies the row {@link ApplySite#ROW}, which must succeed. */
  private void applied() {
    String digest = pack();
    site().checkOut(site().frozen());
    Applied applied = apply(digest, ApplySite.ROW);
    assertThat(applied.exit()).as(applied.said()).isZero();
  }

  private void assertAsCheckedOut() {
    assertThat(ApplySite.files(site().workspace()))
        .containsExactlyEntriesOf(site().expected(ApplySite.ROW));
  }

  @Test
  default void writesWhatARowChanges() throws IOException {
    site().write("kept", "kept\n");
    site().write("modified", "one\n");
    site().write("deleted", "gone\n");
    site().write("empties/deleted", "gone\n");
    site().write("old name", "the same\n");
    site().write("run.sh", "#!/bin/sh\n");
    site().write("tool", "#!/bin/sh\n").toFile().setExecutable(true);
    Files.createSymbolicLink(site().author().resolve("link"), Path.of("kept"));
    Files.createSymbolicLink(site().author().resolve("becomes a file"), Path.of("kept"));
    site().freeze();
    site().write("modified", "two\n");
    site().write("added/deep/down", "new\n");
    ApplySite.delete(site().author().resolve("deleted"));
    ApplySite.delete(site().author().resolve("empties/deleted"));
    Files.move(site().author().resolve("old name"), site().author().resolve("new name"));
    site().author().resolve("run.sh").toFile().setExecutable(true);
    site().author().resolve("tool").toFile().setExecutable(false);
    ApplySite.delete(site().author().resolve("link"));
    Files.createSymbolicLink(site().author().resolve("link"), Path.of("new name"));
    ApplySite.delete(site().author().resolve("becomes a file"));
    site().write("becomes a file", "text\n");
    ApplySite.delete(site().author().resolve("empties"));
    site().row(ApplySite.ROW);

    applied();

    assertAsCheckedOut();
    assertThat(site().workspace().resolve("empties")).doesNotExist();
  }

  @Test
  default void leavesTheRepositoryAsItWas() {
    site().write("a", "one\n");
    site().freeze();
    site().write("a", "two\n");
    site().write("b", "new\n");
    site().row(ApplySite.ROW);
    String digest = pack();
    site().checkOut(site().frozen());
    SortedMap<String, String> before = site().repository();

    assertThat(apply(digest, ApplySite.ROW).exit()).isZero();

    assertThat(site().repository()).isEqualTo(before);
    assertThat(site().workspaceGit().text("status", "--porcelain")).isEqualTo(" M a\n?? b\n");
  }

  @Test
  default void touchesNothingThatTheRowLeavesAlone() throws IOException {
    site().write(".gitignore", "build/\n");
    site().write("same", "same\n");
    site().write("edited", "as it was\n");
    site().write("a", "one\n");
    site().freeze();
    site().write("a", "two\n");
    site().row(ApplySite.ROW);
    String digest = pack();
    site().checkOut(site().frozen());
    Path same = site().workspace().resolve("same");
    FileTime time = FileTime.from(Instant.parse("2020-01-02T03:04:05Z"));
    Files.setLastModifiedTime(same, time);
    ApplySite.write(site().workspace(), "edited", "by hand\n");
    ApplySite.write(site().workspace(), "untracked", "mine\n");
    ApplySite.write(site().workspace(), "build/out", "mine\n");
    Map<String, String> before = new TreeMap<>(ApplySite.files(site().workspace()));

    assertThat(apply(digest, ApplySite.ROW).exit()).isZero();

    assertThat(Files.readString(site().workspace().resolve("a"))).isEqualTo("two\n");
    Map<String, String> after = new TreeMap<>(ApplySite.files(site().workspace()));
    before.remove("a");
    after.remove("a");
    assertThat(after).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(same)).isEqualTo(time);
  }

  @Test
  default void writesLineEndsAsACheckoutDoes() {
    site().write(".gitattributes", "*.bat text eol=crlf\n*.auto text=auto eol=crlf\n*.raw -text\n");
    site().write("a.bat", "one\ntwo\n");
    site().write("a.raw", "one\ntwo\n");
    site().freeze();
    site().write("a.bat", "one\n2\n");
    site().write("b.bat", "new\n");
    site().write("b.auto", "some\ntext\n");
    site().write("c.auto", "no\u0000text\n");
    site().write("a.raw", "one\n2\n");
    site().write("sub/.gitattributes", "*.bat eol=lf\n");
    site().write("sub/d.bat", "unix\n");
    site().row(ApplySite.ROW);

    applied();

    assertAsCheckedOut();
    assertThat(site().workspace().resolve("b.bat")).hasBinaryContent(bytes("new\r\n"));
    assertThat(site().workspace().resolve("sub/d.bat")).hasBinaryContent(bytes("unix\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  default void writesPathsOfEveryKind() {
    site().write("-dash", "one\n");
    site().write("sp ace/a b", "one\n");
    site().freeze();
    site().write("-dash", "two\n");
    site().write("--help", "two\n");
    site().write("sp ace/a b", "two\n");
    site().write("new\nline", "two\n");
    site().write("tab\there", "two\n");
    site().write("glob*[a]?", "two\n");
    site().write(":(top)magic", "two\n");
    site().write("quote'\"$(id)", "two\n");
    site().row(ApplySite.ROW);

    applied();

    assertAsCheckedOut();
  }

  @Test
  default void turnsADirectoryIntoAFileAndBack() {
    site().write("directory/a", "one\n");
    site().write("directory/b", "one\n");
    site().write("file", "one\n");
    site().freeze();
    ApplySite.delete(site().author().resolve("directory/a"));
    ApplySite.delete(site().author().resolve("directory/b"));
    ApplySite.delete(site().author().resolve("directory"));
    site().write("directory", "a file\n");
    ApplySite.delete(site().author().resolve("file"));
    site().write("file/inside", "deep\n");
    site().row(ApplySite.ROW);

    applied();

    assertAsCheckedOut();
  }

  @Test
  default void leavesSubmodulesAlone() {
    site().write("a", "one\n");
    site().freeze();
    addSubmodule("1".repeat(40));
    site().write("a", "two\n");
    site().freeze();
    site().write("a", "three\n");
    addSubmodule("1".repeat(40));
    site().row(ApplySite.ROW);
    String digest = pack();
    site().checkOut(site().frozen());
    ApplySite.write(site().workspace(), "module/inside", "the submodule's own\n");

    assertThat(apply(digest, ApplySite.ROW).exit()).isZero();

    assertThat(site().workspace().resolve("a")).hasContent("three\n");
    assertThat(site().workspace().resolve("module/inside")).hasContent("the submodule's own\n");
  }

  private void addSubmodule(String commit) {
    dev.optr.testing.RealGit.in(site().author())
        .text("update-index", "--add", "--cacheinfo", "160000," + commit + ",module");
  }

  @Test
  default void writesARowASecondTime() throws IOException {
    site().write("a", "one\n");
    site().write("deleted", "gone\n");
    site().freeze();
    site().write("a", "two\n");
    site().write("b", "new\n");
    ApplySite.delete(site().author().resolve("deleted"));
    site().row(ApplySite.ROW);
    applied();
    SortedMap<String, String> once = ApplySite.files(site().workspace());
    FileTime time = Files.getLastModifiedTime(site().workspace().resolve("a"));

    assertThat(apply(pack(), ApplySite.ROW).exit()).isZero();

    assertThat(ApplySite.files(site().workspace())).isEqualTo(once);
    assertThat(Files.getLastModifiedTime(site().workspace().resolve("a"))).isEqualTo(time);
  }

  @Test
  default void goesOnWhereItWasEnded() {
    site().write("a", "one\n");
    site().write("b", "one\n");
    site().freeze();
    site().write("a", "two\n");
    site().write("b", "two\n");
    site().write("c", "new\n");
    site().row(ApplySite.ROW);
    String digest = pack();
    site().checkOut(site().frozen());
    ApplySite.write(site().workspace(), "b", "two\n");
    ApplySite.write(site().workspace(), "c", "new\n");

    assertThat(apply(digest, ApplySite.ROW).exit()).isZero();

    assertAsCheckedOut();
  }

  @Test
  default void takesEachRowByItsName() {
    site().write("a", "one\n");
    site().freeze();
    site().write("a", "two\n");
    site().row(ApplySite.ROW);
    site().write("a", "three\n");
    site().row(ApplySite.ROW + "+frozen-tests");
    String digest = pack();
    site().checkOut(site().frozen());

    assertThat(apply(digest, ApplySite.ROW + "+frozen-tests").exit()).isZero();

    assertThat(site().workspace().resolve("a")).hasContent("three\n");
  }

  @Test
  default void leavesTheFrozenCommitAsItIsButForItsDatalake() {
    site().write("a", "one\n");
    site().write("datalake/ledger.jsonl", "{}\n");
    site().write("sub/datalake/kept", "kept\n");
    site().freeze();
    String digest = pack();
    site().checkOut(site().frozen());

    assertThat(apply(digest, "head").exit()).isZero();

    assertThat(ApplySite.files(site().workspace())).containsOnlyKeys("a", "sub/datalake/kept");
    assertThat(PosixFilePermissions.toString(modes("a"))).startsWith("rw-r--");
  }

  private java.util.Set<java.nio.file.attribute.PosixFilePermission> modes(String path) {
    try {
      return Files.getPosixFilePermissions(site().workspace().resolve(path));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
