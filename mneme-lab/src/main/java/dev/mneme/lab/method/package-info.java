/**
 * The ways to adapt a frozen base that are compared, trained alike.
 *
 * <p>A {@link dev.mneme.lab.method.Method} makes a {@link dev.mneme.lab.method.Trainee} from a
 * {@link dev.mneme.lab.method.Setup}; {@link dev.mneme.lab.method.Workshop} trains it with the one
 * {@link dev.mneme.learn.Trainer} and gives an {@link dev.mneme.lab.method.Entrant}, which {@link
 * dev.mneme.lab.method.Exam} asks questions.
 */
package dev.mneme.lab.method;
