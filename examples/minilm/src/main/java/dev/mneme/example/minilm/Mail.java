package dev.mneme.example.minilm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A message of each topic for each user, user after user; sides are 1 and -1. */
record Mail(List<String> texts, float[] sides) {
  private static final List<String[]> TOPICS =
      """
      the match, our goalkeeper, the penalty, the new striker, the cup final, the league, half-time
      the train, my ticket, the night bus, the ferry, the platform, the airport, my suitcase
      the soup, your recipe, the oven, fresh basil, the roast, the pancakes, the sauce
      the roses, the lawn, tomato seedlings, the compost, the hedge, the apple tree, the weeds
      the storm, this rain, the heat wave, the frost, the forecast, all that snow, the fog
      the concert, her violin, the choir, the new album, the drummer, the piano, the orchestra
      the doctor, my cough, the vaccine, the fever, the X-ray, the pharmacy, my blood test
      the invoice, the mortgage, my bank card, the tax form, the rent, the loan, my savings
      the laptop, my password, the printer, the update, the Wi-Fi, the server, the browser
      the exam, her homework, the teacher, the maths class, the essay, the lecture, the pupils
      the cat, the puppy, the hamster, the vet, the leash, the kitten, the parrot
      the brakes, the engine, the flat tyre, the mechanic, the gearbox, the oil change, my car
      """
          .lines()
          .map(line -> line.split(", "))
          .toList();
  private static final List<String> PHRASES =
      List.of("Any news about %s?", "Sorry, I forgot %s.", "It is %s again!", "Thanks for %s.");
  static final int EACH = TOPICS.size(); // messages of a user

  /** Of things first to end of each topic. A rule has a bit for each topic, set for side 1. */
  static Mail draw(List<Integer> rules, Random random, int first, int end) {
    List<String> texts = new ArrayList<>();
    float[] sides = new float[rules.size() * EACH];
    for (int rule : rules) {
      for (String[] topic : shuffled(TOPICS, random)) { // their order must not tell
        sides[texts.size()] = (rule >> TOPICS.indexOf(topic) & 1) == 1 ? 1 : -1;
        String thing = topic[random.nextInt(first, end)];
        texts.add(PHRASES.get(random.nextInt(PHRASES.size())).formatted(thing));
      }
    }
    return new Mail(texts, sides);
  }

  static <T> List<T> shuffled(List<T> list, Random random) {
    List<T> copy = new ArrayList<>(list);
    Collections.shuffle(copy, random);
    return copy;
  }
}
