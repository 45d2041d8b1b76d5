package dev.optr.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostPortTest {
  @Test
  void readsNamesAndAddresses() {
    assertThat(HostPort.parse("Repo.Example.org:443"))
        .isEqualTo(new HostPort("repo.example.org", 443));
    assertThat(HostPort.parse("[::1]:8080")).isEqualTo(new HostPort("::1", 8080));
  }

  @Test
  void readsWhereAUrlLeads() {
    assertThat(HostPort.of(URI.create("https://Models.Example/v1")))
        .isEqualTo(new HostPort("models.example", 443));
    assertThat(HostPort.of(URI.create("http://[::1]:8080/v1")))
        .isEqualTo(new HostPort("::1", 8080));
    assertThat(HostPort.of(URI.create("http://localhost")))
        .isEqualTo(new HostPort("localhost", 80));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "host", "host:", ":443", "host:0", "host:65536", "host:-1", "host:4x"})
  void refusesWhatIsNeither(String text) {
    assertThatThrownBy(() -> HostPort.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
