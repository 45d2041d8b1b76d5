package dev.optr.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputTailTest {
  private static final String KEY = "sk-test-0123456789abcdef";
  private final Redactor redactor = new Redactor(List.of(Secret.of(KEY)));

  @Test
  void keepsShortOutputAsItIs() {
    assertThat(tail("one\ntwo\tthree\n")).isEqualTo("one\ntwo\tthree\n");
  }

  @Test
  void takesTerminalControlsOut() {
    assertThat(tail("\u001B[1;31mred\u001B[0m \u001B]0;title\u0007x\u001B]8;;http://a\u001B\\y"))
        .isEqualTo("red xy");
    assertThat(tail("10%\r20%\r\ndone\b\u0000\u202E!")).isEqualTo("10%\n20%\ndone!");
    assertThat(tail("cut \u001B[")).isEqualTo("cut ");
    assertThat(tail("a\u001BPdevice\u001B\\b\u009Dtitle\u009Cc\u001B_x\u0007d\u009B1mred"))
        .isEqualTo("abcdred");
    assertThat(tail("\u001B]0;never ended\nFAILED: x\n\u0090nor this\r\nFAILED: y"))
        .isEqualTo("\nFAILED: x\n\nFAILED: y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-test-0123456789abcdef",
        "c2stdGVzdC0wMTIzNDU2Nzg5YWJjZGVm",
        "fedcba9876543210-tset-ks",
        "736b2d746573742d30313233343536373839616263646566",
      })
  void redactsACredentialInEveryForm(String form) {
    assertThat(tail("before " + form + " after")).isEqualTo("before *** after");
  }

  @Test
  void redactsACredentialThatColoursPullApart() {
    assertThat(tail("key: sk-test-\u001B[31m0123456789\u001B[0mabcdef")).isEqualTo("key: ***");
  }

  @Test
  void keepsTheEndOfLongOutputWithinItsLimitAndSaysSo() {
    String text = tail("x".repeat(1_000_000) + "\nBUILD FAILURE\n");
    assertThat(text).startsWith("[earlier output cut]\n").endsWith("x\nBUILD FAILURE\n");
    assertThat(text.getBytes(UTF_8)).hasSize(OutputTail.LARGEST_BYTES);
  }

  @Test
  void cutsBetweenCharactersOnly() {
    for (int padding = 0; padding < 4; padding++) {
      String text = tail("y".repeat(padding) + "\uD83D\uDE00".repeat(30_000));
      assertThat(text).doesNotContain("\uFFFD").endsWith("\uD83D\uDE00");
      assertThat(text.getBytes(UTF_8).length).isLessThanOrEqualTo(OutputTail.LARGEST_BYTES);
    }
  }

  @Test
  void leavesNoPartOfACredentialWhereOutputWasCut() {
    // Wherever the kept bytes begin within the stream of keys, no end of a key may remain.
    for (int padding = 0; padding < 30; padding++) {
      String text = tail("z".repeat(padding) + (KEY + "\u001B[0m plain text ").repeat(20_000));
      assertThat(text).startsWith("[earlier output cut]\n").contains("***");
      assertThat(text.substring(22)).doesNotContain("f").doesNotContain("0");
    }
  }

  private String tail(String output) {
    OutputTail tail = new OutputTail();
    tail.drain(new ByteArrayInputStream(output.getBytes(UTF_8)));
    return tail.text(redactor);
  }
}
