package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that some of the workflow file's agents had a part in. */
final class SomeAgentsTest {
  @TempDir private Path directory;

  @Test
  void areRecalledWithThoseAgents() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      Invocation first = site.run("--agents", "bert");
      assertThat(first.exit()).as(first.err()).isZero();
      Invocation again = site.run("--agents", "bert");
      assertThat(again.exit()).as(again.err()).isZero();
      assertThat(again.err()).contains("decided this very input");
      assertThat(again.out()).contains("bert").doesNotContain("anna");
    }
  }
}
