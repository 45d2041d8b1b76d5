package dev.optr.testing;

import dev.optr.base.Checkpoint;
import dev.optr.git.GitRepository;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/**
 * Git over HTTP on loopback: the bare repositories of a directory at {@code /owner/name.git}. It
 * asks for Basic authentication where a password is set, takes pushes, and records every request.
 */
public final class GitServer implements AutoCloseable {
  /**
   * @param authorization the header as it was sent, null where there was none
   */
  public record Request(String method, String path, @Nullable String authorization) {}

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final Path directory;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Optional<String> redirect = Optional.empty();

  private GitServer(Path directory, Optional<String> password) {
    this.directory = directory;
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addFilter(
        new FilterHolder(new Gate(password)),
        "/*",
        java.util.EnumSet.of(jakarta.servlet.DispatcherType.REQUEST));
    context.addServlet(new ServletHolder(servlet()), "/*");
    server.setHandler(context);
  }

  /** Serves a directory to everybody. */
  public static GitServer open(Path directory) {
    return new GitServer(directory, Optional.empty()).started();
  }

  /** Serves a directory to those who send this password with any user name. */
  public static GitServer withPassword(Path directory, String password) {
    return new GitServer(directory, Optional.of(password)).started();
  }

  private GitServer started() {
    try {
      server.start();
      return this;
    } catch (Exception e) {
      throw new IllegalStateException("the git server did not start", e);
    }
  }

  private GitServlet servlet() {
    GitServlet servlet = new GitServlet();
    servlet.setRepositoryResolver((_, name) -> repository(name));
    servlet.setUploadPackFactory(
        (_, repository) -> {
          UploadPack pack = new UploadPack(repository);
          pack.setRequestPolicy(UploadPack.RequestPolicy.TIP);
          return pack;
        });
    servlet.setReceivePackFactory((_, repository) -> new ReceivePack(repository));
    return servlet;
  }

  private Repository repository(String name)
      throws org.eclipse.jgit.errors.RepositoryNotFoundException {
    try {
      return new FileRepositoryBuilder()
          .setGitDir(directory.resolve(name).toFile())
          .setMustExist(true)
          .build();
    } catch (IOException e) {
      throw new org.eclipse.jgit.errors.RepositoryNotFoundException(name, e);
    }
  }

  /** Makes an empty bare repository {@code owner/name}; close it after use. */
  public GitRepository create(String ownerAndName) {
    return GitRepository.initBare(directory.resolve(ownerAndName + ".git"), Checkpoint.NONE);
  }

  /** Where {@code owner/name} is served. */
  public URI url(String ownerAndName) {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/" + ownerAndName + ".git");
  }

  /** From now on answers everything with a redirect to the same path below another address. */
  public void redirectTo(String address) {
    redirect = Optional.of(address);
  }

  /** What was asked, in order of arrival. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  private final class Gate implements Filter {
    private final Optional<String> password;

    Gate(Optional<String> password) {
      this.password = password;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      HttpServletRequest asked = (HttpServletRequest) request;
      HttpServletResponse answer = (HttpServletResponse) response;
      String authorization = asked.getHeader("Authorization");
      requests.add(new Request(asked.getMethod(), asked.getRequestURI(), authorization));
      if (redirect.isPresent()) {
        String query = asked.getQueryString() == null ? "" : "?" + asked.getQueryString();
        answer.setStatus(302);
        answer.setHeader("Location", redirect.get() + asked.getRequestURI() + query);
      } else if (isAllowed(authorization)) {
        chain.doFilter(request, response);
      } else {
        answer.setHeader("WWW-Authenticate", "Basic realm=\"git\"");
        answer.sendError(401);
      }
    }

    private boolean isAllowed(@Nullable String authorization) {
      if (password.isEmpty()) {
        return true;
      }
      // RFC 9110, section 11.1: the scheme is compared without case.
      if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith("basic ")) {
        return false;
      }
      String pair =
          new String(
              Base64.getDecoder().decode(authorization.substring("basic ".length()).strip()),
              StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1).equals(password.get());
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the git server did not stop", e);
    }
  }
}
