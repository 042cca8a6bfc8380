import CProcessor
public import Touchpoints

/// Headers of events of open blocks, copied side by side in an order of the reader's own.
///
/// The events of a customer lie all over the log. Copied, each comes from memory once, many at a time, and whoever
/// folds them reads on from one to the next. Clear parts stay where they are. Memory: 96 bytes an event. Valid as long
/// as the blocks are; any number of threads may read.
public final class EventCopies: @unchecked Sendable {
    public let count: Int
    @usableFromInline let bytes: UnsafeMutableRawPointer

    /// One copy: the header, where the clear part lies, and the position.
    @usableFromInline enum Layout {
        @inlinable static var clear: Int { EventHeader.byteCount }
        @inlinable static var position: Int { clear + 8 }
        @inlinable static var byteCount: Int { position + 8 }
        /// Copies that are made at a time; they stay in the nearest cache meanwhile.
        static var group: Int { 64 }
    }

    /// - Parameter positions: of the blocks' range; any other traps. O(positions).
    public init(_ blocks: OpenBlocks, _ positions: [Position]) {
        count = positions.count
        bytes = .allocate(byteCount: max(1, count) * Layout.byteCount, alignment: 16)
        for start in stride(from: 0, to: count, by: Layout.group) {
            let group = start..<min(start + Layout.group, count)
            // All are asked for before the first is read: the processor then waits for many at once.
            for index in group {
                let source = blocks.source(of: positions[index])
                let copy = bytes + index * Layout.byteCount
                prefetch(source.header)
                prefetch(source.header + EventHeader.byteCount - 1)
                copy.storeBytes(of: source.header, as: UnsafeRawPointer.self)
                copy.storeBytes(of: source.clears, toByteOffset: Layout.clear, as: UnsafeRawPointer.self)
                copy.storeBytes(of: positions[index], toByteOffset: Layout.position, as: Position.self)
            }
            for index in group {
                let copy = bytes + index * Layout.byteCount
                let clears = copy.load(fromByteOffset: Layout.clear, as: UnsafeRawPointer.self)
                copy.copyMemory(from: copy.load(as: UnsafeRawPointer.self), byteCount: EventHeader.byteCount)
                let offset = copy.load(fromByteOffset: EventHeader.Offset.clearOffset, as: UInt32.self)
                copy.storeBytes(of: clears + Int(offset), toByteOffset: Layout.clear, as: UnsafeRawPointer.self)
            }
        }
    }

    deinit { bytes.deallocate() }

    /// The event with this index, 0 the first; any other traps.
    @_lifetime(borrow self)
    @inline(__always) @inlinable public func event(at index: Int) -> EventView {
        precondition(index >= 0 && index < count)
        let copy = UnsafeRawPointer(bytes) + index * Layout.byteCount
        let length = copy.load(fromByteOffset: EventHeader.Offset.clearLength, as: UInt16.self)
        let clear = copy.load(fromByteOffset: Layout.clear, as: UnsafeRawPointer.self)
        let view = EventView(
            position: copy.load(fromByteOffset: Layout.position, as: Position.self),
            header: unsafe RawSpan(_unsafeStart: copy, byteCount: EventHeader.byteCount),
            clear: unsafe RawSpan(_unsafeStart: clear, byteCount: Int(length)))
        return unsafe _overrideLifetime(view, borrowing: self)
    }
}
