package dev.optr.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MarkdownTest {
  @Test
  void makesCodeSpansThatNothingEnds() {
    assertThat(Markdown.code("a")).isEqualTo("`a`");
    assertThat(Markdown.code("`a``b")).isEqualTo("``` `a``b ```");
    assertThat(Markdown.code("a|b\nc")).isEqualTo("`a¦b c`");
    assertThat(Markdown.code("\u200B\n")).isEmpty();
  }

  @Test
  void makesFencesThatNothingEnds() {
    assertThat(Markdown.fence("text", "a")).isEqualTo("```text\na\n```\n");
    assertThat(Markdown.fence("text", "a\n````\n")).isEqualTo("`````text\na\n````\n`````\n");
  }

  @Test
  void linksOnlyToPlainAddresses() {
    assertThat(Markdown.link("run", "https://github.com/o/r/actions/runs/1"))
        .isEqualTo("[run](https://github.com/o/r/actions/runs/1)");
    assertThat(Markdown.link("run", "javascript:alert(1)")).isEqualTo("`javascript:alert(1)`");
    assertThat(Markdown.link("run", "https://a) [b](https://c")).startsWith("`");
  }
}
