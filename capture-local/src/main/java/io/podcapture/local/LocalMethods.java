package io.podcapture.local;

import io.podcapture.MethodChoice;
import io.podcapture.spi.ToolImage;
import java.util.Optional;

/**
 * Makes the capture methods that need no Kubernetes: for containers of Docker or Podman, processes and network namespaces.
 *
 * @since 0.1
 */
public final class LocalMethods {
    /** The image of helper containers where the caller names none; the same as for Kubernetes. */
    public static final String DEFAULT_IMAGE = ToolImage.DEFAULT;

    private LocalMethods() {}

    /** Begins with the default image and the engine's command that is found on the PATH. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the method {@code docker} with the default image; see {@link Builder#docker()}. */
    public static MethodChoice docker() {
        return builder().docker();
    }

    /** Returns the method {@code netns}; see {@link Builder#netns()}. */
    public static MethodChoice netns() {
        return builder().netns();
    }

    /** Returns what suits each target, with the default image; see {@link Builder#auto()}. */
    public static MethodChoice auto() {
        return builder().auto();
    }

    /**
     * Puts methods together; not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private String image = DEFAULT_IMAGE;
        private boolean mayPull = true;
        private Optional<String> engine = Optional.empty();

        private Builder() {}

        /**
         * Sets the image of helper containers. It needs a POSIX shell and tcpdump; it may be pinned by a digest.
         *
         * @throws IllegalArgumentException if it is blank or looks like an option
         */
        public Builder image(String image) {
            this.image = requireWord("the image", image);
            return this;
        }

        /** Makes a capture fail where the engine has not got the image, in place of pulling it. */
        public Builder neverPull() {
            mayPull = false;
            return this;
        }

        /**
         * Sets the command that speaks to the container engine: {@code podman}, or a path. By default {@code docker} is looked
         * for on the PATH, then {@code podman}. It gets the environment of this JVM, DOCKER_HOST included.
         *
         * @throws IllegalArgumentException if it is blank or looks like an option
         */
        public Builder engine(String command) {
            engine = Optional.of(requireWord("the engine's command", command));
            return this;
        }

        /**
         * Returns the method {@code docker}: tcpdump runs in a container of its own that joins the network of the target
         * ({@code --network container:ID}), or of the engine's machine ({@code --network host}). The target is neither restarted
         * nor changed; the engine may be on another machine. The container ends with the session, or by itself soon after the
         * session was killed, and the engine removes it then.
         *
         * <p>Needs a docker or podman command and the right to run containers with the capability NET_RAW; the image needs a
         * POSIX shell and tcpdump.
         */
        public MethodChoice docker() {
            return MethodChoice.inOrder(dockerMethod());
        }

        /**
         * Returns the method {@code netns}: this machine's tcpdump runs in the network namespace of a process, or in one that
         * is named. Nothing is created.
         *
         * <p>Needs sh, nsenter and tcpdump on the PATH, and the capabilities SYS_ADMIN, SYS_PTRACE and NET_RAW, which root has.
         */
        public MethodChoice netns() {
            return MethodChoice.inOrder(netnsMethod());
        }

        /** Returns what suits each target: {@code docker} for containers, {@code netns} for processes and namespaces. */
        public MethodChoice auto() {
            return MethodChoice.inOrder(dockerMethod(), netnsMethod());
        }

        private DockerMethod dockerMethod() {
            return new DockerMethod(resolver(), new HelperImage(image, mayPull));
        }

        private NetnsMethod netnsMethod() {
            return new NetnsMethod(resolver());
        }

        private LocalResolver resolver() {
            return new LocalResolver(new Engine(engine));
        }

        private static String requireWord(String what, String word) {
            if (word.isBlank() || word.startsWith("-")) {
                throw new IllegalArgumentException(what + " must not be blank nor begin with a dash: \"" + word + "\"");
            }
            return word;
        }
    }
}
