package dev.mneme.lab.experiment;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.task.EditPair;
import dev.mneme.edit.task.EditTask;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * One user's look: a smooth colour transform that no sentence describes. Each channel passes a
 * rising curve x + a sin πx + b sin 2πx, then channels are mixed by a matrix near the identity and
 * tinted. Greys keep their order: curves rise by 0.5 to 1.5, so the mixture rises too.
 *
 * @param user another number, another look
 */
record PrivateLook(long user) implements EditTask {
  private static final Strength STRENGTH = new Strength(0, 1, 1);

  /** All users say the same: what they mean is not in the words. */
  @Override
  public String name() {
    return "my_look";
  }

  @Override
  public String phrasings() {
    return "/dev/mneme/lab/experiment/my_look.txt";
  }

  @Override
  public Family family() {
    return Family.LOOK;
  }

  @Override
  public Learner learner() {
    return Learner.MEMORY;
  }

  @Override
  public Strength strength() {
    return STRENGTH;
  }

  @Override
  public EditPair apply(Picture clean, double strength, RandomGenerator ignored) {
    STRENGTH.require(strength);
    Random random = new Random(user * 0x9E3779B97F4A7C15L);
    double[] bend = new double[6];
    double[] mix = new double[9];
    double[] tint = new double[3];
    for (int c = 0; c < 3; c++) {
      bend[c] = 0.1 * (2 * random.nextDouble() - 1);
      bend[3 + c] = 0.03 * (2 * random.nextDouble() - 1);
      tint[c] = 0.1 * (2 * random.nextDouble() - 1);
      for (int k = 0; k < 3; k++) {
        mix[3 * c + k] = (c == k ? 1 : 0) + 0.1 * (2 * random.nextDouble() - 1);
      }
    }
    int plane = clean.plane();
    float[] out = new float[3 * plane];
    double[] bent = new double[3];
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < 3; c++) {
        double x = clean.rgb()[c * plane + i];
        bent[c] = x + bend[c] * Math.sin(Math.PI * x) + bend[3 + c] * Math.sin(2 * Math.PI * x);
      }
      for (int c = 0; c < 3; c++) {
        double sum = mix[3 * c] + mix[3 * c + 1] + mix[3 * c + 2]; // grey stays near grey
        double mixed =
            (mix[3 * c] * bent[0] + mix[3 * c + 1] * bent[1] + mix[3 * c + 2] * bent[2]) / sum;
        double x = clean.rgb()[c * plane + i];
        out[c * plane + i] = (float) (x + strength * (mixed + tint[c] - x));
      }
    }
    return new EditPair(clean, new Picture(clean.width(), clean.height(), out).clamped());
  }
}
