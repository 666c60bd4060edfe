package io.agentcraft.client.connection;

import io.agentcraft.client.internal.guard.LogText;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.regex.Pattern;

/** Creates and validates client ids: {@code client_<epoch millis>_<9 random letters and digits>}. */
public final class ClientIds {

  private static final Pattern VALID = Pattern.compile("client_\\d+_[a-z0-9]+");
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int RANDOM_LENGTH = 9;
  private static final SecureRandom RANDOM = new SecureRandom();

  private ClientIds() {}

  /**
   * Creates an id from the current time and secure random characters.
   *
   * @return the id
   */
  public static String create() {
    return create(InstantSource.system());
  }

  /**
   * Creates an id from the time of a given clock and secure random characters.
   *
   * @param clock the clock
   * @return the id
   */
  public static String create(InstantSource clock) {
    StringBuilder id = new StringBuilder("client_").append(clock.millis()).append('_');
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }

  /**
   * Returns whether a server accepts an id: whether it matches {@code ^client_\d+_[a-z0-9]+$}, with ASCII digits.
   *
   * @param clientId the id
   * @return {@code true} if the id is valid
   */
  public static boolean isValid(String clientId) {
    return VALID.matcher(clientId).matches();
  }

  /**
   * Returns an id if it {@linkplain #isValid(String) is valid}.
   *
   * @param clientId the id
   * @return the same id
   * @throws IllegalArgumentException if the id is not valid
   */
  public static String requireValid(String clientId) {
    if (!isValid(clientId)) {
      throw new IllegalArgumentException(
          "The server would refuse the client id \"" + LogText.excerpt(clientId) + "\"."
              + " A client id looks like client_1700000000000_abc123def: 'client_', digits, '_', lower-case letters"
              + " and digits. Omit it to use a new id for every connection.");
    }
    return clientId;
  }
}
