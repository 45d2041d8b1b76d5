package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.RealGit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What teams do to branches every day, with real git, a bare remote and a fresh clone: with the log
 * every anchor stays, without it {@code verify} says that it is gone.
 */
final class LoggedHistoryTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"off", "branch", "ref"})
  void squashMergesAndDeletesTheBranch(String setting) throws Exception {
    try (LoggedSite site = LoggedSite.with(directory, setting)) {
      String anchor = decideOnATopic(site, setting);
      site.git().text("checkout", "-q", "main");
      site.git().text("merge", "-q", "--squash", "topic");
      commitSquash(site, anchor);
      site.git().text("push", "-q", "origin", "main");
      site.git().text("push", "-q", "origin", "--delete", "topic");
      site.git().text("branch", "-q", "-D", "topic");

      assertKept(site, setting, anchor);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "branch", "ref"})
  void squashesTheBranchAndPushesItByForce(String setting) throws Exception {
    try (LoggedSite site = LoggedSite.with(directory, setting)) {
      String anchor = decideOnATopic(site, setting);
      site.git().text("reset", "-q", "--soft", "main");
      commitSquash(site, anchor);
      site.git().text("push", "-q", "--force", "origin", "topic");
      site.git().text("checkout", "-q", "main");
      site.git().text("merge", "-q", "--ff-only", "topic");
      site.git().text("push", "-q", "origin", "main");

      assertKept(site, setting, anchor);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"branch", "ref"})
  void rebasesTheBranchAndPushesItByForce(String setting) throws Exception {
    try (LoggedSite site = LoggedSite.with(directory, setting)) {
      String anchor = decideOnATopic(site, setting);
      site.git().text("checkout", "-q", "main");
      site.site().repository().commit("Go on", Map.of("c.txt", "three\n"));
      site.git().text("checkout", "-q", "topic");
      site.git()
          .text("-c", "user.name=E", "-c", "user.email=e@example.org", "rebase", "-q", "main");
      site.git().text("push", "-q", "--force", "origin", "topic");
      site.git().text("checkout", "-q", "main");
      site.git().text("merge", "-q", "--ff-only", "topic");
      site.git().text("push", "-q", "origin", "main");

      assertKept(site, setting, anchor);
    }
  }

  /** A topic with a change and its anchor, pushed with the log to a bare remote. */
  private String decideOnATopic(LoggedSite site, String setting) {
    RealGit.in(directory).text("clone", "-q", "--bare", "file://" + site.directory(), "remote.git");
    site.git().text("remote", "add", "origin", "file://" + directory.resolve("remote.git"));
    site.git().text("checkout", "-q", "-b", "topic");
    site.site().repository().commit("Change b", Map.of("b.txt", "two\n"));
    String anchor = site.decide("One wish");
    List<String> push = new ArrayList<>(List.of("push", "-q", "--atomic", "origin", "topic"));
    log(setting).ifPresent(ref -> push.add(ref + ":" + ref));
    site.git().text(push.toArray(String[]::new));
    return anchor;
  }

  private static Optional<String> log(String setting) {
    return switch (setting) {
      case "branch" -> Optional.of("refs/heads/optr-log");
      case "ref" -> Optional.of("refs/optr/log");
      default -> Optional.empty();
    };
  }

  /** As GitHub words it: the messages of all commits, trailers among them. */
  private void commitSquash(LoggedSite site, String anchor) throws Exception {
    Path message =
        Files.writeString(
            directory.resolve("message"), "Topic (#7)\n\n* Change b\n\n" + site.message(anchor));
    site.git()
        .text(
            "-c",
            "user.name=E",
            "-c",
            "user.email=e@example.org",
            "commit",
            "-q",
            "-F",
            message.toString());
  }

  private void assertKept(LoggedSite site, String setting, String anchor) {
    RealGit remote = RealGit.in(directory.resolve("remote.git"));
    remote.text("reflog", "expire", "--expire=now", "--all");
    remote.text("gc", "-q", "--prune=now");
    RealGit.in(directory).text("clone", "-q", "file://" + directory.resolve("remote.git"), "clone");
    RealGit clone = RealGit.in(directory.resolve("clone"));
    if (setting.equals("ref")) {
      clone.text("fetch", "-q", "origin", "refs/optr/log:refs/optr/log");
    }
    clone.text("gc", "-q", "--prune=now");
    boolean logged = !setting.equals("off");
    String objects = clone.text("cat-file", "--batch-all-objects", "--batch-check");
    assertThat(objects.contains(anchor)).isEqualTo(logged);

    Invocation verified =
        Invocation.of(directory, site.site().environment(), "verify", "--repo", "clone", "--json");
    assertThat(verified.exit()).as(verified.out()).isZero();
    assertThat(LoggedSite.codes(verified, "findings")).isEmpty();
    assertThat(LoggedSite.codes(verified, "warnings").contains("W_UNREACHABLE"))
        .as(verified.out())
        .isEqualTo(!logged);
  }
}
