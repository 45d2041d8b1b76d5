package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.GenTimeAccuracy;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * A time stamp (RFC 3161) over the id of an entry: whoever made it saw the id at its time, so the
 * entry and all of its ancestors were there then. It says nothing of what came later.
 */
final class TimestampToken {
  /** Tokens with a chain of certificates have some 6 KB. */
  static final int MOST_BYTES = 32 * 1024;

  private final Bytes der;
  private final TimeStampToken token;

  private TimestampToken(Bytes der, TimeStampToken token) {
    this.der = der;
    this.token = token;
  }

  /** Reads the DER form; checks nothing but that it is one. */
  static TimestampToken parse(Bytes der) throws TimestampException {
    if (der.size() > MOST_BYTES) {
      throw new TimestampException("the token has " + der.size() + " bytes");
    }
    try {
      return new TimestampToken(der, new TimeStampToken(new CMSSignedData(der.toArray())));
    } catch (CMSException | TSPException | IOException | RuntimeException e) {
      // The library throws what comes to hand for bytes that are no such structure.
      throw new TimestampException("the token cannot be read", e);
    }
  }

  Bytes der() {
    return der;
  }

  /** When it was made, by the clock of whoever made it. */
  Instant time() {
    return token.getTimeStampInfo().getGenTime().toInstant();
  }

  /** How far that may be off; zero where it does not say. */
  Duration accuracy() {
    GenTimeAccuracy accuracy = token.getTimeStampInfo().getGenTimeAccuracy();
    return accuracy == null
        ? Duration.ZERO
        : Duration.ofSeconds(accuracy.getSeconds())
            .plusMillis(accuracy.getMillis())
            .plusNanos(1000L * accuracy.getMicros());
  }

  /**
   * That it is over this entry and holds in itself: signed by a certificate that it carries, which
   * is for time stamps alone and was valid then. Who issued that certificate is not asked.
   */
  void checkFor(String entryId) throws TimestampException {
    checkImprint(entryId);
    try {
      token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer()));
    } catch (TSPException
        | OperatorCreationException
        | GeneralSecurityException
        | RuntimeException e) {
      // As above: a hostile certificate or signature ends in many kinds of exception.
      throw new TimestampException("the token is not good in itself: " + firstLine(e), e);
    }
  }

  private void checkImprint(String entryId) throws TimestampException {
    byte[] id = HexFormat.of().parseHex(entryId);
    boolean sha256 =
        NISTObjectIdentifiers.id_sha256.equals(token.getTimeStampInfo().getMessageImprintAlgOID());
    if (!sha256 || !MessageDigest.isEqual(token.getTimeStampInfo().getMessageImprintDigest(), id)) {
      throw new TimestampException("the token is over something else");
    }
  }

  /** The certificate of whoever signed. */
  private X509CertificateHolder signer() throws TimestampException {
    // The interface of the library knows no type for what it selects by.
    @SuppressWarnings("unchecked")
    Collection<X509CertificateHolder> found = token.getCertificates().getMatches(token.getSID());
    return found.stream()
        .findFirst()
        .orElseThrow(
            () -> new TimestampException("the token does not carry its signer's certificate"));
  }

  /** That certificate. */
  X509Certificate certificate() throws TimestampException {
    return platform(signer());
  }

  /** All certificates that it carries. */
  List<X509Certificate> certificates() throws TimestampException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) {
      certificates.add(platform(holder));
    }
    return List.copyOf(certificates);
  }

  private static X509Certificate platform(X509CertificateHolder holder) throws TimestampException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
    } catch (GeneralSecurityException | IOException e) {
      throw new TimestampException("a certificate of the token cannot be read", e);
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
