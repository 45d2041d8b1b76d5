package dev.optr.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CharactersTest {
  @Test
  void takesOutTerminalSequencesAndControls() {
    assertThat(Characters.shown("\u001b[1;31mred\u001b[0m \u001b]8;;x\u0007bell\u009b2J\u007f\0"))
        .isEqualTo("red ]8;;xbell2J");
  }

  @Test
  void takesOutWhatDisguisesText() {
    assertThat(Characters.shown("a\u202Eb\u200Bc\uFEFFd\u00ADe\u2066f\uDB40\uDC41g\uFE0Fh\u3164"))
        .isEqualTo("abcdefgh");
  }

  @Test
  void keepsLinesTabsAndLettersOfAllScripts() {
    assertThat(Characters.shown("a\tb\r\nc\rd\u2028é 漢字 \uD83D\uDE00"))
        .isEqualTo("a\tb\nc\nd\né 漢字 \uD83D\uDE00");
  }

  @Test
  void replacesLoneSurrogates() {
    assertThat(Characters.shown("a\uD83Db\uDE00")).isEqualTo("a\uFFFDb\uFFFD");
  }

  @Test
  void countsWhatIsNotShown() {
    assertThat(Characters.hidden("a\u202Eb\r\nc\td\u200B")).isEqualTo(2);
  }

  @Test
  void cutsALineWithoutSplittingACharacter() {
    assertThat(Characters.line(" a\n\n b ", 10)).isEqualTo("a b");
    assertThat(Characters.line("ab\uD83D\uDE00cd", 4)).isEqualTo("ab…");
    assertThat(Characters.line("see ##[error]x", 20)).isEqualTo("see # #[error]x");
    assertThat(Characters.line("###[error]x", 20)).isEqualTo("## #[error]x");
  }
}
