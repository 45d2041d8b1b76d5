package dev.optr.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SecretTest {
  @Test
  void printsStarsInsteadOfItsValue() {
    assertThat(Secret.of(" hunter2\n")).hasToString("Secret[***]");
    assertThat(Secret.of(" hunter2\n").reveal()).isEqualTo("hunter2");
  }
}
