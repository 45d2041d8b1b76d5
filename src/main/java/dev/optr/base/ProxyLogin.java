package dev.optr.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** User and password in a proxy's address (RFC 3986, section 3.2.1). */
final class ProxyLogin {
  private ProxyLogin() {}

  /**
   * {@code user:password}, percent-decoded; empty where neither is written.
   *
   * @throws UserException where no header can carry it (RFC 7617, section 2)
   */
  static Optional<Secret> parse(String variable, String written) {
    int colon = written.indexOf(':');
    String user = colon < 0 ? written : written.substring(0, colon);
    String password = colon < 0 ? "" : written.substring(colon + 1);
    if (user.isEmpty() && password.isEmpty()) {
      return Optional.empty();
    }
    String name = decoded(variable, user);
    String pair = name + ":" + decoded(variable, password);
    if (name.indexOf(':') >= 0) {
      throw ProxyServer.malformed(variable, "the user has a colon in it, which Basic cannot carry");
    }
    // A Secret never keeps white space around it.
    if (!pair.equals(pair.strip()) || pair.chars().anyMatch(Character::isISOControl)) {
      throw ProxyServer.malformed(
          variable, "user and password have control characters in them, or white space around");
    }
    return Optional.of(Secret.of(pair));
  }

  /**
   * What of a value must never be shown, also where the value as a whole is malformed: the password
   * as it is written and decoded, and both with the user, as they stand in a header.
   */
  static List<Secret> secrets(String value) {
    int at = value.lastIndexOf('@');
    int scheme = value.indexOf("://");
    if (at < 0 || scheme > at) {
      return List.of();
    }
    String written = value.substring(scheme < 0 ? 0 : scheme + 3, at);
    String password = written.substring(written.indexOf(':') + 1);
    List<String> hidden = new ArrayList<>(List.of(written, password));
    decode(written).ifPresent(hidden::add);
    decode(password).ifPresent(hidden::add);
    return hidden.stream().filter(text -> !text.isBlank()).map(Secret::of).toList();
  }

  private static String decoded(String variable, String written) {
    return decode(written)
        .orElseThrow(
            () ->
                ProxyServer.malformed(
                    variable, "user or password have a '%' without two hex digits of UTF-8"));
  }

  private static Optional<String> decode(String written) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < written.length(); ) {
      int character = written.codePointAt(i);
      if (character == '%') {
        if (i + 2 >= written.length()
            || !HexFormat.isHexDigit(written.charAt(i + 1))
            || !HexFormat.isHexDigit(written.charAt(i + 2))) {
          return Optional.empty();
        }
        bytes.write(HexFormat.fromHexDigits(written, i + 1, i + 3));
        i += 3;
      } else {
        bytes.writeBytes(Character.toString(character).getBytes(UTF_8));
        i += Character.charCount(character);
      }
    }
    try {
      return Optional.of(
          UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }
}
