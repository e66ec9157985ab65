#pragma once
// Tells the thread sanitizer of a hand-over it cannot see: oneTBB is not built for it, so without this every
// loop would race with what came before and after it. Empty in any other build.
//
// Two blocks of one loop stay unordered, so a race between them is still found.

namespace chokepoint::core {

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CHOKEPOINT_THREAD_SANITIZER
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define CHOKEPOINT_THREAD_SANITIZER
#endif

#if defined(CHOKEPOINT_THREAD_SANITIZER)

extern "C" void __tsan_acquire(void*);
extern "C" void __tsan_release(void*);
// Of a lambda: what it reads from its captures was copied by oneTBB.
#define CHOKEPOINT_UNSEEN_BY_SANITIZER __attribute__((no_sanitize("thread")))

class HandOver {
  public:
    void give() { __tsan_release(&given_); }
    void take() { __tsan_acquire(&given_); }
    void give_back() { __tsan_release(&back_); }
    void take_back() { __tsan_acquire(&back_); }

  private:
    char given_ = 0, back_ = 0;  // their addresses stand for the two events
};

#else

#define CHOKEPOINT_UNSEEN_BY_SANITIZER

class HandOver {
  public:
    void give() {}
    void take() {}
    void give_back() {}
    void take_back() {}
};

#endif

}  // namespace chokepoint::core
