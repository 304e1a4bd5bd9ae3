package dev.mneme.lab.experiment;

/** How tasks that arrive group after group are learned. */
enum Strategy {
  FULL("full fine-tuning, one group after another"),
  SHARED("shared LoRA, one group after another"),
  PER_TASK("a LoRA for each task, told which"),
  NAIVE("memory, one group after another"),
  ANCHORED("memory, held to what it said"),
  REPLAY("memory, with old examples kept"),
  JOINT("memory, all groups at once: the ceiling");

  private final String title;

  Strategy(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
