package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.testing.RealGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code optr apply} on bundles as propose writes them. */
final class ApplyCommandTest implements ApplyRefusals {
  @TempDir private Path directory;

  @BeforeEach
  void gitIsThere() {
    assumeTrue(RealGit.isPresent());
  }

  @Override
  public ApplySite site() {
    return new ApplySite(directory);
  }

  @Override
  public String pack() {
    return new RowBundle(site()).write(directory.resolve("temporary"));
  }

  @Override
  public Applied apply(String digest, String row) {
    Invocation applied =
        Invocation.of(
            directory,
            Map.of("TMPDIR", directory.resolve("temporary").toString()),
            "apply",
            "--bundle=optr-bundle",
            "--digest=" + digest,
            "--row=" + row,
            "--repo=workspace");
    return new Applied(applied.exit(), applied.out() + applied.err());
  }

  @Test
  void writesWhatTheScriptWrites() {
    site().write("a", "one\n");
    site().write("deleted", "gone\n");
    site().write("datalake/ledger.jsonl", "{}\n");
    site().freeze();
    site().write("a", "two\n");
    site().write("new/file", "new\n");
    ApplySite.delete(site().author().resolve("deleted"));
    site().row(ApplySite.ROW);
    String digest = pack();
    site().checkOut(site().frozen());
    ApplyScript script = new ApplyScript(directory);
    assertThat(apply(digest, ApplySite.ROW).exit()).isZero();
    assertThat(script.apply(digest, ApplySite.ROW).exit()).as("again, by the other").isZero();
    assertThat(ApplySite.files(site().workspace())).containsOnlyKeys("a", "new/file");

    SortedMap<String, String> byCommand = ApplySite.files(site().workspace());
    RealGit.in(site().workspace()).text("checkout", "-q", "-f", "HEAD");
    RealGit.in(site().workspace()).text("clean", "-q", "-fdx");
    assertThat(script.apply(digest, ApplySite.ROW).exit()).isZero();
    assertThat(ApplySite.files(site().workspace())).isEqualTo(byCommand);
  }

  @Test
  void writesTheFrozenCommitWithoutItsDatalake() {
    site().write("a", "one\n");
    site().write("datalake/ledger.jsonl", "{}\n");
    site().freeze();
    site().write("a", "two\n");
    site().row(ApplySite.ROW);
    String digest = pack();
    site().checkOut(site().frozen());

    Applied applied = apply(digest, "head");

    assertThat(applied.exit()).as(applied.said()).isZero();
    assertThat(ApplySite.files(site().workspace())).containsOnlyKeys("a");
    assertThat(site().workspace().resolve("a")).hasContent("one\n");
  }

  @Test
  void givesWhatItWritesToWhomTheDirectoryBelongs() throws IOException {
    site().write("sub/a", "one\n");
    site().freeze();
    site().write("sub/a", "two\n");
    site().write("sub/new/b", "new\n");
    site().row(ApplySite.ROW);
    String digest = pack();
    site().checkOut(site().frozen());
    Path sub = site().workspace().resolve("sub");
    assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(sub, "unix:uid")), "only root can give away");
    Files.setAttribute(sub, "unix:uid", 60_001);
    Files.setAttribute(sub, "unix:gid", 60_002);

    assertThat(apply(digest, ApplySite.ROW).exit()).isZero();

    for (String path : new String[] {"a", "new", "new/b"}) {
      Map<String, Object> owner =
          Files.readAttributes(sub.resolve(path), "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
      assertThat(owner).as(path).containsEntry("uid", 60_001).containsEntry("gid", 60_002);
    }
  }
}
