package dev.optr.base;

import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * How every other host is reached: through which proxy, trusting which certificates. A proxy's
 * credentials go to the proxy alone.
 *
 * <p>Basic in a tunnel needs the system property {@code jdk.http.auth.tunneling.disabledSchemes} to
 * be empty before the first connection of the process; {@code Main} sees to it.
 */
public final class Network {
  /** Names a PEM file, as for OpenSSL. */
  static final String TRUST_VARIABLE = "SSL_CERT_FILE";

  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final ProxyRules proxies;
  private final Optional<TrustBundle> trust;

  private Network(ProxyRules proxies, Optional<TrustBundle> trust) {
    this.proxies = proxies;
    this.trust = trust;
  }

  /** No proxy, and the platform's certificates. */
  public static Network direct() {
    return new Network(ProxyRules.none(), Optional.empty());
  }

  /**
   * As the environment says: {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code
   * NO_PROXY} in either case; {@code SSL_CERT_FILE} replaces the platform's certificates.
   *
   * @param directory where a relative path begins
   * @throws UserException naming the variable that is malformed
   */
  public static Network of(Map<String, String> environment, Path directory) {
    Optional<TrustBundle> trust =
        Optional.ofNullable(environment.get(TRUST_VARIABLE))
            .filter(file -> !file.isBlank())
            .map(file -> TrustBundle.read(TRUST_VARIABLE, directory.resolve(file)));
    return new Network(ProxyRules.of(environment), trust);
  }

  /**
   * The proxies' credentials in all forms that an environment has them in, also where it is
   * malformed or they are not used: what must never be shown.
   */
  public static List<Secret> secrets(Map<String, String> environment) {
    return ProxyRules.secrets(environment);
  }

  /**
   * A client that speaks HTTP/1.1, follows no redirect, and connects within 10 s; it throws {@link
   * ConnectionFault} where what lies between is at fault.
   */
  public HttpClient httpClient() {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(proxies.selector());
    trust.ifPresent(bundle -> builder.sslContext(bundle.context()));
    return new NetworkClient(builder.build(), this);
  }

  /** Opens connections for those who can only use {@link URL}. */
  public URLStreamHandler urlHandler() {
    return new URLStreamHandler() {
      @Override
      protected URLConnection openConnection(URL url) throws IOException {
        return open(URI.create(url.toExternalForm()));
      }
    };
  }

  private HttpURLConnection open(URI url) throws IOException {
    Optional<ProxyServer> proxy = proxyFor(url);
    URLConnection opened =
        url.toURL().openConnection(proxy.map(ProxyServer::proxy).orElse(Proxy.NO_PROXY));
    if (!(opened instanceof HttpURLConnection connection)) {
      throw new IOException("not http or https: '" + url.getScheme() + "'");
    }
    if (connection instanceof HttpsURLConnection secure) {
      trust.ifPresent(bundle -> secure.setSSLSocketFactory(bundle.context().getSocketFactory()));
      proxy
          .flatMap(ProxyServer::passwordAuthentication)
          .ifPresent(login -> connection.setAuthenticator(new OnceForTheProxy(login)));
    } else {
      // A request's body is sent as a stream, which cannot begin anew after a 407.
      proxy
          .flatMap(ProxyServer::authorization)
          .ifPresent(value -> connection.setRequestProperty(NetworkClient.AUTHORIZATION, value));
    }
    return connection;
  }

  /** Whether {@code https} to a host is spoken without a proxy between. */
  public boolean isDirect(String host, int port) {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return proxyFor(URI.create("https://" + name + ":" + port)).isEmpty();
  }

  Optional<ProxyServer> proxyFor(URI url) {
    return proxies.proxyFor(url);
  }

  /**
   * Throws where a status is not the server's: the proxy asks for credentials.
   *
   * @throws ConnectionFault which another attempt will not mend
   */
  public void refuseProxysOwn(URI url, int status) throws ConnectionFault {
    Optional<ProxyServer> proxy = proxyFor(url);
    if (status == 407 && proxy.isPresent()) {
      throw ConnectionDiagnosis.unauthorized(proxy.get(), null);
    }
  }

  /** The same failure in words that say what to look at, where it is the proxy's or the trust's. */
  public IOException explained(URI url, IOException thrown) {
    return new ConnectionDiagnosis(url, proxyFor(url), trust).of(thrown);
  }

  /**
   * The JDK asks again and again while a proxy says no, which may lock an account; it is told once.
   */
  private static final class OnceForTheProxy extends Authenticator {
    private final PasswordAuthentication login;
    private final AtomicBoolean told = new AtomicBoolean();

    OnceForTheProxy(PasswordAuthentication login) {
      this.login = login;
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      return getRequestorType() == RequestorType.PROXY && !told.getAndSet(true) ? login : null;
    }
  }
}
