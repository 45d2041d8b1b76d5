package dev.optr.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be wrong with a file of certificates; that they are trusted: {@link NetworkTest}. */
final class TrustBundleTest {
  private final TestAuthority authority = new TestAuthority();
  @TempDir Path directory;

  @Test
  void readsEveryCertificateAmongOtherText() throws IOException, GeneralSecurityException {
    String bundle =
        """
        # Authorities of this company
        Müller - the first
        ==================
        %s
        trailing words, then one with the line ends of Windows
        %s
        """
            .formatted(authority.pem(), new TestAuthority().pem().replace("\n", "\r\n"));

    assertThat(TrustBundle.read("SSL_CERT_FILE", file(bundle)).certificates())
        .hasSize(2)
        .extracting(X509Certificate::getEncoded)
        .contains(authority.der());
  }

  @Test
  void saysWhatIsWrongWithTheFile() throws IOException {
    assertRefused(directory.resolve("none.pem"), "does not exist");
    assertRefused(directory, "is a directory");
    assertRefused(file(""), "holds no certificate: it is empty");
    assertRefused(file("words\n"), "holds no certificate in PEM;");
    assertRefused(file(authority.keyPem()), "holds no certificate, but 'PRIVATE KEY';");
    assertRefused(
        Files.write(directory.resolve("ca.der"), authority.der()),
        "holds no certificate in PEM: it looks like DER;");
  }

  @Test
  void saysWhichCertificateIsBroken() throws IOException {
    for (String content : new String[] {"", "AAAA", "not base64", "!"}) {
      assertRefused(
          file(
              authority.pem()
                  + "-----BEGIN CERTIFICATE-----\n"
                  + content
                  + "\n-----END CERTIFICATE-----\n"),
          "is broken: certificate 2 cannot be read;");
    }
    assertRefused(
        file(authority.pem().replace("END CERTIFICATE", "END SOMETHING")),
        "holds no certificate in PEM;");
  }

  @Test
  void resolvesAPathFromTheDirectoryOfTheRunAndIgnoresABlankOne() {
    assertThatThrownBy(() -> Network.of(Map.of("SSL_CERT_FILE", "sub/ca.pem"), directory))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'" + directory.resolve("sub/ca.pem") + "' does not exist");
    assertThat(Network.of(Map.of("SSL_CERT_FILE", " "), directory)).isNotNull();
  }

  private void assertRefused(Path file, String found) {
    assertThatThrownBy(() -> TrustBundle.read("SSL_CERT_FILE", file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("variable 'SSL_CERT_FILE': '%s' ", file)
        .hasMessageContaining(found)
        .hasMessageEndingWith("; name a PEM file with the certificates to trust");
  }

  private Path file(String text) throws IOException {
    return Files.write(directory.resolve("bundle.pem"), text.getBytes(UTF_8));
  }
}
