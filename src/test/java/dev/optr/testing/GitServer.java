package dev.optr.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.optr.base.Checkpoint;
import dev.optr.git.GitRepository;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.ReceiveCommand;
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
  private final Map<String, String> refused = new ConcurrentHashMap<>();
  private volatile Runnable beforeReceive = () -> {};
  private volatile Optional<String> redirect = Optional.empty();
  private volatile boolean atomic = true;
  private final AtomicInteger lostAnswers = new AtomicInteger();

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
          // As GitHub does: what a token may read, it may fetch by its id.
          pack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
          return pack;
        });
    servlet.setReceivePackFactory(
        (_, repository) -> {
          ReceivePack pack = new ReceivePack(repository);
          pack.setPreReceiveHook(
              (_, commands) -> {
                beforeReceive.run();
                for (ReceiveCommand command : commands) {
                  String words = refused.get(command.getRefName());
                  if (words != null) {
                    command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, words);
                  }
                }
              });
          return pack;
        });
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

  /** Refuses every push to a ref with these words, as a protected branch or a hook does. */
  public void refuse(String ref, String words) {
    refused.put(ref, words);
  }

  /** Runs something right before each push is carried out. */
  public void beforeReceive(Runnable action) {
    beforeReceive = action;
  }

  /** From now on does not offer to move several refs at once. */
  public void forgetAtomicPushes() {
    atomic = false;
  }

  /** Carries out the next pushes and answers them with an error, as a gateway may. */
  public void loseAnswers(int pushes) {
    lostAnswers.set(pushes);
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
      } else if (!isAllowed(authorization)) {
        answer.setHeader("WWW-Authenticate", "Basic realm=\"git\"");
        answer.sendError(401);
      } else if (asked.getMethod().equals("POST")
          && asked.getRequestURI().endsWith("/git-receive-pack")
          && lostAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        chain.doFilter(request, new Withheld(answer));
        answer.reset();
        answer.sendError(502);
      } else if (atomic || !"service=git-receive-pack".equals(asked.getQueryString())) {
        chain.doFilter(request, response);
      } else {
        Withheld withheld = new Withheld(answer);
        chain.doFilter(new Uncompressed(asked), withheld);
        // Of the same length, so that the packet's stays right.
        answer
            .getOutputStream()
            .write(withheld.text().replace(" atomic", " atomik").getBytes(ISO_8859_1));
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

  /** Asks for an answer that can be read. */
  private static final class Uncompressed extends HttpServletRequestWrapper {
    Uncompressed(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getHeader(String name) {
      return name.equalsIgnoreCase("Accept-Encoding") ? null : super.getHeader(name);
    }
  }

  /** Keeps what would have been answered. */
  private static final class Withheld extends HttpServletResponseWrapper {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Withheld(HttpServletResponse response) {
      super(response);
    }

    String text() {
      return kept.toString(ISO_8859_1);
    }

    @Override
    public void setContentLength(int length) {
      // Another body may follow.
    }

    @Override
    public ServletOutputStream getOutputStream() {
      return new ServletOutputStream() {
        @Override
        public void write(int value) {
          kept.write(value);
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
          throw new UnsupportedOperationException("answers are written at once");
        }
      };
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
