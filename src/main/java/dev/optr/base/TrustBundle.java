package dev.optr.base;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificates of a PEM file (RFC 7468), which are trusted in place of the platform's own. Text
 * between them is passed over, as OpenSSL does.
 */
final class TrustBundle {
  private static final int LARGEST = 16 << 20;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");

  private final Path file;
  private final List<X509Certificate> certificates;
  private final SSLContext context;

  private TrustBundle(Path file, List<X509Certificate> certificates) {
    this.file = file;
    this.certificates = List.copyOf(certificates);
    this.context = context(certificates);
  }

  /**
   * Reads a bundle.
   *
   * @param variable that names the file, for messages
   * @throws UserException where there is no such file, no certificate in it, or one that is broken
   */
  static TrustBundle read(String variable, Path file) {
    return new TrustBundle(file, certificates(variable, file));
  }

  /** Trusts these certificates and no other. */
  SSLContext context() {
    return context;
  }

  Path file() {
    return file;
  }

  List<X509Certificate> certificates() {
    return certificates;
  }

  private static List<X509Certificate> certificates(String variable, Path file) {
    byte[] bytes = bytes(variable, file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Matcher block = BLOCK.matcher(text);
    List<X509Certificate> certificates = new ArrayList<>();
    Set<String> others = new TreeSet<>();
    while (block.find()) {
      if (block.group(1).equals("CERTIFICATE")) {
        certificates.add(certificate(variable, file, certificates.size() + 1, block.group(2)));
      } else {
        others.add("'" + block.group(1) + "'");
      }
    }
    if (certificates.isEmpty()) {
      throw malformed(variable, file, "holds no certificate" + found(bytes, others));
    }
    return certificates;
  }

  private static String found(byte[] bytes, Set<String> others) {
    if (bytes.length == 0) {
      return ": it is empty";
    }
    if (!others.isEmpty()) {
      return ", but " + String.join(", ", others);
    }
    // A DER encoding begins with the tag of a sequence (X.690).
    return bytes[0] == 0x30 ? " in PEM: it looks like DER" : " in PEM";
  }

  private static byte[] bytes(String variable, Path file) {
    if (Files.isDirectory(file)) {
      throw malformed(variable, file, "is a directory");
    }
    try {
      if (Files.size(file) > LARGEST) {
        throw malformed(variable, file, "has more than " + LARGEST + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw malformed(variable, file, "does not exist");
    } catch (IOException e) {
      throw malformed(variable, file, "cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static X509Certificate certificate(
      String variable, Path file, int number, String base64) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64);
      // The factory of this name makes certificates of this type.
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException | IllegalArgumentException e) {
      throw malformed(variable, file, "is broken: certificate " + number + " cannot be read");
    }
  }

  private static SSLContext context(List<X509Certificate> certificates) {
    try {
      KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
      anchors.load(null, null);
      for (X509Certificate certificate : certificates) {
        anchors.setCertificateEntry("anchor " + anchors.size(), certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(anchors);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java platform has TLS and a store of keys", e);
    }
  }

  private static UserException malformed(String variable, Path file, String found) {
    return new UserException(
        "variable '%s': '%s' %s; name a PEM file with the certificates to trust"
            .formatted(variable, file, found));
  }
}
