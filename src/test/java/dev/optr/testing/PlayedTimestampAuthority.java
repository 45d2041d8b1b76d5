package dev.optr.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertID;
import org.bouncycastle.asn1.ess.SigningCertificate;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** A time stamp authority (RFC 3161) on loopback with an issuer of its own, honest or not. */
public final class PlayedTimestampAuthority implements AutoCloseable {
  /** How it answers. */
  public enum Manner {
    HONEST,
    ANOTHER_POLICY,
    GARBAGE,
    NESTED_GARBAGE,
    NOTHING,
    HUGE,
    NEVER_ENDING,
    SERVER_ERROR,
    REDIRECT,
    REFUSAL,
    WRONG_NONCE,
    WRONG_IMPRINT,
    EXPIRED_CERTIFICATE,
    NOT_FOR_TIME_STAMPS,
    WITHOUT_CERTIFICATE,
    BROKEN_SIGNATURE
  }

  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2090-01-01T00:00:00Z");
  private static final X500Principal ISSUER = new X500Principal("CN=Issuer of a test");

  private final Instant time;
  private final KeyPair issuerKeys = keys();
  private final X509Certificate issuer = issuerCertificate();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private Manner manner = Manner.HONEST;

  private PlayedTimestampAuthority(Instant time, HttpServer server) {
    this.time = time;
    this.server = server;
  }

  /** Starts one whose clock stands still. */
  public static PlayedTimestampAuthority at(Instant time) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      PlayedTimestampAuthority authority = new PlayedTimestampAuthority(time, server);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", authority::serve);
      server.start();
      return authority;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public PlayedTimestampAuthority answering(Manner other) {
    manner = other;
    return this;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/tsr";
  }

  /** Methods and content types of what was asked. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** The certificate that vouches for its own. */
  public String issuerPem() {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
              .encodeToString(issuer.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token over a digest, as an honest authority makes it. */
  public byte[] token(byte[] digest) {
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    TimeStampRequest request = generator.generate(TSPAlgorithms.SHA256, digest, BigInteger.TEN);
    try {
      return new TimeStampResponse(reply(request)).getTimeStampToken().getEncoded();
    } catch (IOException | TSPException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The whole reply to a request, in the manner that is set. */
  public byte[] reply(byte[] request) {
    try {
      return reply(new TimeStampRequest(request));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] reply(TimeStampRequest request) {
    return switch (manner) {
      case GARBAGE -> "<html>We moved.</html>".getBytes(StandardCharsets.US_ASCII);
      case NESTED_GARBAGE -> nested();
      case NOTHING -> new byte[0];
      case HUGE -> new byte[1 << 20];
      case WRONG_NONCE -> granted(again(request, request.getMessageImprintDigest(), 7));
      case WRONG_IMPRINT -> granted(again(request, new byte[32], 0));
      case BROKEN_SIGNATURE -> broken(granted(request));
      case REFUSAL -> refused(request);
      case HONEST,
          ANOTHER_POLICY,
          NEVER_ENDING,
          SERVER_ERROR,
          REDIRECT,
          EXPIRED_CERTIFICATE,
          WITHOUT_CERTIFICATE ->
          granted(request);
      case NOT_FOR_TIME_STAMPS -> byAServer(request);
    };
  }

  private static TimeStampRequest again(TimeStampRequest old, byte[] imprint, int nonceMore) {
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    return generator.generate(
        TSPAlgorithms.SHA256, imprint, old.getNonce().add(BigInteger.valueOf(nonceMore)));
  }

  /** Sequences in sequences, as deep as the bytes allow. */
  private static byte[] nested() {
    byte[] bytes = new byte[32 << 10];
    for (int i = 0; i + 1 < bytes.length; i += 2) {
      bytes[i] = 0x30;
      bytes[i + 1] = (byte) 0x80;
    }
    return bytes;
  }

  /** The signature is what a token ends with. */
  private static byte[] broken(byte[] reply) {
    reply[reply.length - 3] ^= 1;
    return reply;
  }

  private byte[] granted(TimeStampRequest request) {
    try {
      return new TimeStampResponseGenerator(generator(), TSPAlgorithms.ALLOWED)
          .generate(request, BigInteger.ONE, Date.from(time))
          .getEncoded();
    } catch (TSPException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] refused(TimeStampRequest request) {
    try {
      return new TimeStampResponseGenerator(generator(), Set.of())
          .generate(request, BigInteger.ONE, Date.from(time))
          .getEncoded();
    } catch (TSPException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private TimeStampTokenGenerator generator() {
    KeyPair own = keys();
    String policy = manner == Manner.ANOTHER_POLICY ? "1.2.3.4.5" : "1.3.6.1.4.1.4146.2.3";
    try {
      boolean inTime = manner != Manner.EXPIRED_CERTIFICATE;
      X509Certificate certificate =
          certificate(own, inTime ? UNTIL : FROM.plusSeconds(1), KeyPurposeId.id_kp_timeStamping);
      TimeStampTokenGenerator generator =
          new TimeStampTokenGenerator(
              new JcaSimpleSignerInfoGeneratorBuilder()
                  .build("SHA256withECDSA", own.getPrivate(), certificate),
              new JcaDigestCalculatorProviderBuilder()
                  .build()
                  .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
              new ASN1ObjectIdentifier(policy));
      generator.setAccuracySeconds(1);
      if (manner != Manner.WITHOUT_CERTIFICATE) {
        generator.addCertificates(new JcaCertStore(List.of(certificate, issuer)));
      }
      return generator;
    } catch (TSPException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the library refuses to make: all is in order, but the certificate is for web servers. */
  private byte[] byAServer(TimeStampRequest request) {
    KeyPair own = keys();
    try {
      byte[] info =
          new TimeStampResponse(granted(request))
              .getTimeStampToken()
              .getTimeStampInfo()
              .toASN1Structure()
              .getEncoded();
      X509Certificate certificate = certificate(own, UNTIL, KeyPurposeId.id_kp_serverAuth);
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
      AttributeTable attributes =
          new AttributeTable(
              new Attribute(
                  PKCSObjectIdentifiers.id_aa_signingCertificate,
                  new DERSet(new SigningCertificate(new ESSCertID(digest)))));
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new JcaSimpleSignerInfoGeneratorBuilder()
              .setSignedAttributeGenerator(attributes)
              .build("SHA256withECDSA", own.getPrivate(), certificate));
      generator.addCertificates(new JcaCertStore(List.of(certificate, issuer)));
      CMSSignedData token =
          generator.generate(
              new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, info), true);
      return new TimeStampResp(new PKIStatusInfo(PKIStatus.granted), token.toASN1Structure())
          .getEncoded();
    } catch (TSPException
        | CMSException
        | OperatorCreationException
        | GeneralSecurityException
        | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      requests.add(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestHeaders().getFirst("Content-Type"));
      switch (manner) {
        case SERVER_ERROR -> exchange.sendResponseHeaders(503, -1);
        case REDIRECT -> {
          exchange.getResponseHeaders().add("Location", url());
          exchange.sendResponseHeaders(302, -1);
        }
        case NEVER_ENDING -> drip(exchange);
        default -> answer(exchange, reply(request));
      }
    }
  }

  private static void answer(HttpExchange exchange, byte[] reply) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/timestamp-reply");
    exchange.sendResponseHeaders(200, reply.length == 0 ? -1 : reply.length);
    exchange.getResponseBody().write(reply);
  }

  /** One byte after another, until the other side has had enough. */
  private static void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try {
      for (int i = 0; i < 600; i++) {
        exchange.getResponseBody().write('0');
        exchange.getResponseBody().flush();
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate issuerCertificate() {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              ISSUER,
              BigInteger.ONE,
              Date.from(FROM),
              Date.from(UNTIL),
              ISSUER,
              issuerKeys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      return signed(builder);
    } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate certificate(KeyPair own, Instant until, KeyPurposeId purpose)
      throws OperatorCreationException, GeneralSecurityException {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            ISSUER,
            BigInteger.TWO,
            Date.from(FROM),
            Date.from(until),
            new X500Principal("CN=Time of a test"),
            own.getPublic());
    try {
      builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
      return signed(builder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private X509Certificate signed(JcaX509v3CertificateBuilder builder)
      throws OperatorCreationException, GeneralSecurityException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
