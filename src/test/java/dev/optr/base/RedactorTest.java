package dev.optr.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RedactorTest {
  private static final String KEY = "sk-proj-AbC/123+xyz=";
  private final Redactor redactor = new Redactor(List.of(Secret.of(KEY)));

  @Test
  void starsEveryFormOfACredential() {
    byte[] bytes = KEY.getBytes(UTF_8);
    for (String form :
        List.of(
            KEY,
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
            HexFormat.of().formatHex(bytes),
            HexFormat.of().withUpperCase().formatHex(bytes),
            "sk-proj-AbC%2F123%2Bxyz%3D",
            new StringBuilder(KEY).reverse().toString())) {
      assertThat(redactor.finds("before " + form + " after")).as(form).isTrue();
      assertThat(redactor.redact("before " + form + " after")).as(form).startsWith("before ***");
      assertThat(redactor.redact(form)).doesNotContain(form);
    }
  }

  @Test
  void leavesOtherTextAsItIs() {
    assertThat(redactor.redact("nothing to see")).isEqualTo("nothing to see");
    assertThat(redactor.finds("nothing to see")).isFalse();
  }

  @Test
  void ignoresCredentialsTooShortToTellFromWords() {
    assertThat(new Redactor(List.of(Secret.of("a"))).redact("a cat")).isEqualTo("a cat");
  }

  @Test
  void starsEachLineOfACredentialOfSeveralLines() {
    Redactor key =
        new Redactor(
            List.of(Secret.of("-----BEGIN KEY-----\nAAAABBBB\nCCCCDDDD\n-----END KEY-----")));
    assertThat(key.redact("x AAAABBBB y CCCCDDDD")).isEqualTo("x *** y ***");
  }
}
