package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Authorities whose time stamps are believed: certificates that an auditor knows. */
public final class TimestampAuthorities {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

  private final Set<TrustAnchor> anchors;

  private TimestampAuthorities(Set<TrustAnchor> anchors) {
    this.anchors = Set.copyOf(anchors);
  }

  /**
   * Reads the certificates of a PEM file (RFC 7468).
   *
   * @param where the file, for messages
   * @throws UserException where there is none in it, or one that is broken
   */
  public static TimestampAuthorities of(Bytes pem, String where) {
    Set<TrustAnchor> anchors = new HashSet<>();
    Matcher block = BLOCK.matcher(new String(pem.toArray(), ISO_8859_1));
    while (block.find()) {
      anchors.add(new TrustAnchor(certificate(block.group(1), where), null));
    }
    if (anchors.isEmpty()) {
      throw new UserException(
          where + ": holds no certificate in PEM; name a file with those of the authorities");
    }
    return new TimestampAuthorities(anchors);
  }

  private static X509Certificate certificate(String base64, String where) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64);
      Certificate certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
      return (X509Certificate) certificate;
    } catch (CertificateException | IllegalArgumentException e) {
      throw new UserException(where + ": a certificate cannot be read");
    }
  }

  /**
   * True where a chain leads from the signer of a token to one of these, good at the time of the
   * token. Nobody is asked whether a certificate was revoked: an audit needs no network.
   */
  boolean vouchFor(TimestampToken token) throws TimestampException {
    X509Certificate signer = token.certificate();
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(signer);
    try {
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
      parameters.addCertStore(
          CertStore.getInstance(
              "Collection", new CollectionCertStoreParameters(token.certificates())));
      parameters.setDate(Date.from(token.time()));
      parameters.setRevocationEnabled(false);
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return true;
    } catch (CertPathBuilderException noChain) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new TimestampException("the chain of the token cannot be followed", e);
    }
  }
}
