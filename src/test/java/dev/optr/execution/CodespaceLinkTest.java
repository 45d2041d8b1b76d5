package dev.optr.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CodespaceLinkTest {
  private static final String TREE = "0123456789abcdef0123456789abcdef01234567";

  @Test
  void opensACodespaceOnABranchOfItsOwn() {
    CodespaceLink link = CodespaceLink.of("octo/my.app", "claude_2", TREE);

    assertThat(link.branch()).isEqualTo("optr/open/claude_2-0123456789ab");
    assertThat(link.page())
        .hasToString("https://codespaces.new/octo/my.app/tree/optr/open/claude_2-0123456789ab");
  }

  @ParameterizedTest
  @CsvSource({
    "octo, claude, " + TREE,
    "octo/app/x, claude, " + TREE,
    "octo/app?x, claude, " + TREE,
    "octo/app, ../x, " + TREE,
    "octo/app, Claude, " + TREE,
    "octo/app, claude, main"
  })
  void namesNothingElse(String repository, String agent, String tree) {
    assertThatThrownBy(() -> CodespaceLink.of(repository, agent, tree))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
