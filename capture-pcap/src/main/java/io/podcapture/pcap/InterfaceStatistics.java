package io.podcapture.pcap;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What was counted at an interface while it captured. What is unknown is absent, which differs from 0.
 *
 * <p>Immutable; may be used by any thread. Source: draft-ietf-opsawg-pcapng, "Interface Statistics Block".
 *
 * @since 0.1
 */
public final class InterfaceStatistics {
    private final @Nullable Instant startTime;
    private final @Nullable Instant endTime;
    private final @Nullable Long received;
    private final @Nullable Long droppedByInterface;
    private final @Nullable Long acceptedByFilter;
    private final @Nullable Long droppedByKernel;
    private final @Nullable Long delivered;
    private final @Nullable String comment;

    private InterfaceStatistics(Builder from) {
        startTime = from.startTime;
        endTime = from.endTime;
        received = from.received;
        droppedByInterface = from.droppedByInterface;
        acceptedByFilter = from.acceptedByFilter;
        droppedByKernel = from.droppedByKernel;
        delivered = from.delivered;
        comment = from.comment;
    }

    /** {@return a builder with nothing known} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return isb_starttime, when the capture began} */
    public Optional<Instant> startTime() {
        return Optional.ofNullable(startTime);
    }

    /** {@return isb_endtime, when the capture ended} */
    public Optional<Instant> endTime() {
        return Optional.ofNullable(endTime);
    }

    /** {@return isb_ifrecv, packets that reached the interface} */
    public OptionalLong received() {
        return optional(received);
    }

    /** {@return isb_ifdrop, packets the interface dropped} */
    public OptionalLong droppedByInterface() {
        return optional(droppedByInterface);
    }

    /** {@return isb_filteraccept, packets the capture filter let pass: tcpdump's "received by filter"} */
    public OptionalLong acceptedByFilter() {
        return optional(acceptedByFilter);
    }

    /** {@return isb_osdrop, packets the operating system dropped for want of room: tcpdump's "dropped by kernel"} */
    public OptionalLong droppedByKernel() {
        return optional(droppedByKernel);
    }

    /** {@return isb_usrdeliv, packets handed to the capturing program: tcpdump's "packets captured"} */
    public OptionalLong delivered() {
        return optional(delivered);
    }

    /** {@return the comment} */
    public Optional<String> comment() {
        return Optional.ofNullable(comment);
    }

    private static OptionalLong optional(@Nullable Long count) {
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
    }

    /**
     * Collects {@link InterfaceStatistics}. Each property may be set once; counts are 0 or more.
     *
     * @since 0.1
     */
    public static final class Builder {
        private @Nullable Instant startTime;
        private @Nullable Instant endTime;
        private @Nullable Long received;
        private @Nullable Long droppedByInterface;
        private @Nullable Long acceptedByFilter;
        private @Nullable Long droppedByKernel;
        private @Nullable Long delivered;
        private @Nullable String comment;

        private Builder() {}

        /**
         * Sets when the capture began.
         *
         * @param time by the clock of the machine that captured
         * @return this
         */
        public Builder startTime(Instant time) {
            startTime = Once.set("start time", startTime, time);
            return this;
        }

        /**
         * Sets when the capture ended.
         *
         * @param time by the clock of the machine that captured
         * @return this
         */
        public Builder endTime(Instant time) {
            endTime = Once.set("end time", endTime, time);
            return this;
        }

        /**
         * Sets isb_ifrecv.
         *
         * @param packets that reached the interface
         * @return this
         */
        public Builder received(long packets) {
            received = Once.set("received", received, checked(packets));
            return this;
        }

        /**
         * Sets isb_ifdrop.
         *
         * @param packets the interface dropped
         * @return this
         */
        public Builder droppedByInterface(long packets) {
            droppedByInterface = Once.set("dropped by interface", droppedByInterface, checked(packets));
            return this;
        }

        /**
         * Sets isb_filteraccept.
         *
         * @param packets the capture filter let pass
         * @return this
         */
        public Builder acceptedByFilter(long packets) {
            acceptedByFilter = Once.set("accepted by filter", acceptedByFilter, checked(packets));
            return this;
        }

        /**
         * Sets isb_osdrop.
         *
         * @param packets the operating system dropped
         * @return this
         */
        public Builder droppedByKernel(long packets) {
            droppedByKernel = Once.set("dropped by kernel", droppedByKernel, checked(packets));
            return this;
        }

        /**
         * Sets isb_usrdeliv.
         *
         * @param packets handed to the capturing program
         * @return this
         */
        public Builder delivered(long packets) {
            delivered = Once.set("delivered", delivered, checked(packets));
            return this;
        }

        /**
         * Sets the comment.
         *
         * @param text of any length; {@link PcapngWriter} cuts what does not fit an option
         * @return this
         */
        public Builder comment(String text) {
            comment = Once.set("comment", comment, text);
            return this;
        }

        /** {@return the statistics} */
        public InterfaceStatistics build() {
            return new InterfaceStatistics(this);
        }

        private static long checked(long packets) {
            if (packets < 0) {
                throw new IllegalArgumentException("a count of packets is " + packets);
            }
            return packets;
        }
    }
}
