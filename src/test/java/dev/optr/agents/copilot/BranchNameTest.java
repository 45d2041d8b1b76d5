package dev.optr.agents.copilot;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BranchNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"copilot/fix-1", "copilot/sub-pr-7", "a", "feature/a.b_c+d", "x/y/z"})
  void takesPlainNames(String name) {
    assertThat(BranchName.read(name)).contains(name);
    assertThat(BranchName.read("refs/heads/" + name)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "a/", "/a", "a//b", "..", "a..b", ".a", "a/.b", "a./b", "a.", "a.lock",
        "a.lock/b", "-a", "a/-b", "@", "a@{1}", "a~1", "a^", "a:b", "a?b", "a*", "a[b", "a\\b",
        "a b", "a\nb", "a%2f", "a#b", "\u00e4", "HEAD\u0000", "refs/heads/refs/heads/../x"
      })
  void takesNoOther(String name) {
    assertThat(BranchName.read(name)).isEmpty();
  }

  @Property
  void takesNothingThatGitRefuses(@ForAll String any) {
    assertThat(BranchName.read("c" + any).stream())
        .allMatch(name -> Repository.isValidRefName("refs/heads/" + name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"copilot", "main", "xcopilot/y", "feature/copilot/x"})
  void knowsCopilotsOwnBranchesByTheirPrefix(String other) {
    assertThat(BranchName.isCopilots("copilot/x")).isTrue();
    assertThat(BranchName.isCopilots(other)).isFalse();
  }
}
