package io.agentcraft.client.connection;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.regex.Pattern;

/** Client ids as the protocol wants them: {@code client_<epoch millis>_<9 random letters and digits>}. */
public final class ClientIds {

  private static final Pattern VALID = Pattern.compile("client_\\d+_[a-z0-9]+");
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int RANDOM_LENGTH = 9;
  private static final SecureRandom RANDOM = new SecureRandom();

  private ClientIds() {}

  /**
   * Makes a new id, from a secure random source.
   *
   * @return the id
   */
  public static String create() {
    return create(InstantSource.system());
  }

  /**
   * Makes a new id at a given time, from a secure random source.
   *
   * @param clock gives the time
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
   * Tells whether a server will take an id: {@code ^client_\d+_[a-z0-9]+$}, with ASCII digits.
   *
   * @param clientId the id
   * @return {@code true} if it has the form
   */
  public static boolean isValid(String clientId) {
    return VALID.matcher(clientId).matches();
  }

  /**
   * Returns the id if a server will take it.
   *
   * @param clientId the id
   * @return the same id
   * @throws IllegalArgumentException if it does not have the form
   */
  public static String requireValid(String clientId) {
    if (!isValid(clientId)) {
      throw new IllegalArgumentException(
          "The client id \"" + clientId + "\" would be refused by the server."
              + " It must look like client_1700000000000_abc123def: 'client_', digits, '_', lower-case letters"
              + " and digits. Leave it out to get a new one for every connection.");
    }
    return clientId;
  }
}
